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

// A large file says how far it is.  Without this the form works as any other.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches?.("[data-upload]") || event.defaultPrevented) return;
  event.preventDefault();
  const panel = form.querySelector("[data-uploading]");
  const bar = panel.querySelector("progress");
  const said = panel.querySelector("[data-said]");
  const request = new XMLHttpRequest();
  const fail = () => {
    panel.hidden = true;
    form.removeAttribute("aria-busy");
    form.querySelector("[data-broken]").hidden = false;
  };
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    bar.max = total;
    bar.value = loaded;
    said.textContent = `${Math.floor((100 * loaded) / total)} %`;
  });
  request.addEventListener("error", fail);
  request.addEventListener("load", () => {
    if (request.status < 400) return void location.assign(request.responseURL);
    const answer = new DOMParser().parseFromString(request.responseText, "text/html");
    const main = answer.querySelector("main");
    if (!main) return fail();
    document.querySelector("main").replaceWith(main);
    main.querySelector("[aria-invalid]")?.focus();
  });
  form.setAttribute("aria-busy", "true");
  form.querySelector("[data-broken]").hidden = true;
  panel.hidden = false;
  request.open("POST", form.action);
  request.send(new FormData(form));
});

// The first error of a form gets the focus, so that it is read out.
document.querySelector("[aria-invalid]")?.focus();
