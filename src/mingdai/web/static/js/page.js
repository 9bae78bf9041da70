// Small conveniences.  Every rule they show is enforced by the server as well.

// Agreeing stays closed until every box that must be ticked is ticked.
for (const form of document.querySelectorAll("form[data-needs-ticks]")) {
  const boxes = [...form.querySelectorAll("input[type=checkbox][required]")];
  const button = form.querySelector("[data-agree]");
  const settle = () => {
    button.disabled = !boxes.every((each) => each.checked);
  };
  for (const box of boxes) box.addEventListener("change", settle);
  settle();
}

// The reading time of the cost table.
for (const bar of document.querySelectorAll("progress[data-reading-s]")) {
  const button = document.getElementById(bar.dataset.opens);
  const left = document.getElementById(bar.dataset.left);
  const whole = Number(bar.dataset.readingS);
  const ends = performance.now() + Number(bar.dataset.leftS) * 1000;
  button.disabled = true;
  const tick = () => {
    const rest = Math.max(0, (ends - performance.now()) / 1000);
    bar.value = whole - rest;
    left.textContent = String(Math.ceil(rest));
    if (rest > 0) return void setTimeout(tick, 250);
    button.disabled = false;
    bar.closest("[data-reading]").hidden = true;
    document.getElementById(bar.dataset.done).hidden = false;
  };
  tick();
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// Paper cannot be unfolded: what is closed is open while the page prints.
const unfolded = [];
addEventListener("beforeprint", () => {
  for (const each of document.querySelectorAll("details:not([open])")) {
    each.open = true;
    unfolded.push(each);
  }
});
addEventListener("afterprint", () => {
  for (const each of unfolded.splice(0)) each.open = false;
});

// The first error of a form gets the focus, so that it is read out.
document.querySelector(".is-invalid")?.focus();
