// Small conveniences of the console.  Every rule they show is enforced by the server as well.

// A revealed value goes away by itself: when its time is over, and when the page is left.
const counting = document.querySelector("[data-countdown]");
if (counting) {
  const value = document.querySelector("[data-value]");
  const left = counting.querySelector("[data-left]");
  const ends = performance.now() + Number(counting.dataset.countdown) * 1000;
  const forget = () => value.replaceChildren();
  const tick = () => {
    const rest = Math.max(0, Math.ceil((ends - performance.now()) / 1000));
    left.textContent = String(rest);
    if (rest > 0) return void setTimeout(tick, 250);
    forget();
    location.replace(counting.dataset.back);
  };
  addEventListener("pagehide", forget);
  value.focus();
  tick();
}

// What cannot be taken back is asked once more.
document.addEventListener("submit", (event) => {
  const question = event.target.dataset?.confirm;
  if (question && !confirm(question)) event.preventDefault();
});

// The first error of a form gets the focus, so that it is read out.
document.querySelector("[aria-invalid]")?.focus();
