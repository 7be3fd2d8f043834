// Photographs one after the other in the whole window. Without it each link opens its file.
const links = [...document.querySelectorAll("[data-viewer] .gallery__open")];
const dialog = document.querySelector("#viewer").content.firstElementChild.cloneNode(true);
const picture = dialog.querySelector("img");
const caption = dialog.querySelector(".viewer__caption");
const credit = dialog.querySelector(".viewer__credit");
const place = dialog.querySelector(".viewer__place");
const steps = dialog.querySelectorAll("[data-step]");
let shown = 0;

const show = (number) => {
  shown = (number + links.length) % links.length;
  picture.src = links[shown].href;
  picture.alt = links[shown].querySelector("img").alt;
  caption.textContent = links[shown].dataset.caption;
  // Who took it, and what may be done with it.
  const told = links[shown].closest(".gallery__item").querySelectorAll(".gallery__credit > *");
  credit.textContent = [...told].map((each) => each.textContent).join(". ");
  if (links.length > 1) place.textContent = `${shown + 1} / ${links.length}`;
};

for (const [number, link] of links.entries()) {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    show(number);
    dialog.showModal();
  });
}
place.hidden = links.length < 2;
for (const button of steps) {
  button.hidden = links.length < 2;
  button.addEventListener("click", () => show(shown + Number(button.dataset.step)));
}
dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
dialog.addEventListener("keydown", (event) => {
  if (event.key === "ArrowRight") show(shown + 1);
  if (event.key === "ArrowLeft") show(shown - 1);
});
// A press beside the picture closes it.
dialog.addEventListener("click", (event) => {
  if (event.target === dialog) dialog.close();
});
dialog.addEventListener("close", () => {
  picture.removeAttribute("src");
  links[shown].focus();
});
document.body.append(dialog);
