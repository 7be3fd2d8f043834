// The two number inputs are the form; this only moves them by mouse, finger and arrow keys.

const CROP = 3 / 2;
const clamp = (value) => Math.min(1, Math.max(0, value));

function choose(box) {
  const form = box.closest("form");
  const inputs = ["x", "y"].map((axis) => form?.querySelector(`input[data-focal="${axis}"]`));
  // Someone who may only look at the picture has no inputs.
  if (inputs.some((input) => !input)) return;

  const frame = box.querySelector(".focal__frame");
  const crop = box.querySelector(".focal__crop");
  const point = document.createElement("span");
  point.className = "focal__point";
  frame.append(point);
  frame.tabIndex = 0;
  frame.setAttribute("role", "button");
  frame.setAttribute("aria-label", box.dataset.focalPicture);
  for (const hidden of box.querySelectorAll("[hidden]")) hidden.hidden = false;

  const read = () => inputs.map((input) => clamp(Number.parseFloat(input.value) || 0));
  const draw = () => {
    const [x, y] = read();
    point.style.left = `${x * 100}%`;
    point.style.top = `${y * 100}%`;
    // The same box as pictures.crop_box: as large as it goes, its centre as near to the point as it goes.
    const ratio = Number.parseFloat(box.dataset.focalRatio);
    const part = [Math.min(1, CROP / ratio), Math.min(1, ratio / CROP)];
    const [left, top] = [x, y].map((at, axis) =>
      part[axis] === 1 ? 0.5 : Math.min(Math.max(at - part[axis] / 2, 0), 1 - part[axis]) / (1 - part[axis]),
    );
    crop.querySelector("img").style.objectPosition = `${left * 100}% ${top * 100}%`;
  };
  const told = box.querySelector(".focal__told");
  const tell = () => {
    const [left, top] = read().map((value) => Math.round(value * 100));
    told.textContent = box.dataset.focalTold.replace("#x", left).replace("#y", top);
  };
  const move = (...to) => {
    to.forEach((value, axis) => {
      inputs[axis].value = clamp(value).toFixed(3);
      inputs[axis].dispatchEvent(new Event("change", { bubbles: true }));
    });
    draw();
    tell();
  };

  frame.addEventListener("click", (event) => {
    const { left, top, width, height } = frame.querySelector("img").getBoundingClientRect();
    move((event.clientX - left) / width, (event.clientY - top) / height);
  });
  const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  frame.addEventListener("keydown", (event) => {
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    const [x, y] = read();
    const far = event.shiftKey ? 0.1 : 0.01;
    move(x + step[0] * far, y + step[1] * far);
  });
  for (const input of inputs) input.addEventListener("input", draw);
  draw();
}

for (const box of document.querySelectorAll("[data-focal-picture]")) choose(box);
