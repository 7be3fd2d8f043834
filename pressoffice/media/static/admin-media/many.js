// Each picture goes by itself, so that one that is refused stops no other. Without this the form sends them all.

function manyOf(form) {
  const input = form.querySelector('input[type="file"]');
  const list = form.querySelector("[data-many-files]");
  const row = form.querySelector("[data-many-row]");
  const done = form.querySelector("[data-many-done]");
  const next = form.querySelector("[data-many-next]");
  const queue = [];
  const count = { taken: 0, known: 0, refused: 0, lost: 0 };
  let isBusy = false;

  const send = (file, item) =>
    new Promise((resolve) => {
      const request = new XMLHttpRequest();
      const progress = item.querySelector("[data-progress]");
      request.open("POST", form.action);
      request.setRequestHeader("Accept", "application/json");
      request.setRequestHeader("X-CSRFToken", form.elements.csrfmiddlewaretoken.value);
      request.upload.addEventListener("progress", (event) => {
        if (event.lengthComputable) progress.value = (100 * event.loaded) / event.total;
      });
      request.addEventListener("loadend", () => {
        try {
          if (request.status !== 200) throw new Error(String(request.status));
          resolve(JSON.parse(request.responseText));
        } catch {
          resolve({ state: "lost", sentence: form.dataset.lost, address: "" });
        }
      });
      const data = new FormData();
      data.append("pictures", file);
      request.send(data);
    });

  const tell = (item, answer) => {
    const told = item.querySelector("[data-told]");
    item.dataset.state = answer.state;
    item.querySelector("[data-progress]").remove();
    told.textContent = "";
    if (!answer.address) {
      told.textContent = answer.sentence;
      return;
    }
    const link = document.createElement("a");
    link.href = answer.address;
    link.textContent = answer.sentence;
    told.append(link);
  };

  const work = async () => {
    if (isBusy) return;
    isBusy = true;
    while (queue.length > 0) {
      const [file, item] = queue.shift();
      item.querySelector("[data-told]").textContent = form.dataset.goes;
      done.textContent = `${file.name}: ${form.dataset.goes}`;
      const answer = await send(file, item);
      count[answer.state] = (count[answer.state] ?? 0) + 1;
      tell(item, answer);
      done.textContent = `${file.name}: ${answer.sentence}`;
    }
    isBusy = false;
    if (count.taken === 0) {
      done.textContent = done.dataset.none;
      return;
    }
    done.textContent = "";
    next.hidden = false;
    next.querySelector("a").focus();
  };

  const add = (files) => {
    list.hidden = false;
    for (const file of files) {
      const item = row.content.firstElementChild.cloneNode(true);
      item.querySelector("[data-name]").textContent = file.name;
      item.querySelector("[data-told]").textContent = form.dataset.waits;
      list.append(item);
      queue.push([file, item]);
    }
    input.value = "";
    input.dispatchEvent(new Event("change"));
    work();
  };

  form.querySelector("[data-many-drop]").hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (input.files.length > 0) add([...input.files]);
    else input.click();
  });
  // The script says by itself that nothing is chosen, by asking for it.
  input.required = false;
  const over = (is) => form.classList.toggle("many--over", is);
  const carriesFiles = ({ dataTransfer }) => dataTransfer?.types.includes("Files");
  // Anywhere on the page: beside the box the browser would open the picture in place of the page.
  document.addEventListener("dragover", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    over(true);
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) over(false);
  });
  document.addEventListener("drop", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    over(false);
    add([...event.dataTransfer.files]);
    form.scrollIntoView({ block: "nearest" });
  });
  window.addEventListener("beforeunload", (event) => {
    if (isBusy) event.preventDefault();
  });
}

for (const form of document.querySelectorAll("[data-many]")) manyOf(form);
