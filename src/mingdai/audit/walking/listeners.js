/* Remember which elements listen for a press, and what the page still means to do by itself: timers
   set, frames to be drawn, animations that end.  A person sees these by their look; a program cannot.
   Runs before any script of the page, in every frame. */
(() => {
  const presses = new Set(["click", "mousedown", "mouseup", "touchstart", "touchend", "pointerdown", "pointerup", "tap"]);
  const heard = new WeakSet();
  const add = EventTarget.prototype.addEventListener;
  Object.defineProperty(window, Symbol.for("mingdai.heard"), { value: heard });
  EventTarget.prototype.addEventListener = function (type, ...rest) {
    if (presses.has(type) && this instanceof Element && this !== document.documentElement && this !== document.body) heard.add(this);
    return add.call(this, type, ...rest);
  };

  /* A person sees into a shadow root that is shut to scripts: the walker must as well. */
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (how) { return attach.call(this, { ...how, mode: "open" }); };

  /* How often a finger came down: a browser that shows a box of its own lets none through. */
  let touches = 0;
  for (const type of ["mousedown", "touchstart"]) add.call(window, type, (event) => { if (event.isTrusted) touches += 1; }, { capture: true, passive: true });
  Object.defineProperty(window, Symbol.for("mingdai.touches"), { get: () => touches });

  const once = new Map(), again = new Set(), frames = new Set();
  const real = {};
  for (const name of ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "requestAnimationFrame", "cancelAnimationFrame"]) real[name] = window[name].bind(window);
  const now = () => performance.now();
  window.setTimeout = (work, delay, ...rest) => {
    const run = typeof work === "function" ? (...given) => { once.delete(id); return work.apply(window, given); } : work;
    const id = real.setTimeout(run, delay, ...rest);
    once.set(id, now() + Math.max(0, Number(delay) || 0));
    return id;
  };
  window.setInterval = (...given) => { const id = real.setInterval(...given); again.add(id); return id; };
  const clear = (name) => (id) => { once.delete(id); again.delete(id); return real[name](id); };
  window.clearTimeout = clear("clearTimeout");
  window.clearInterval = clear("clearInterval");
  window.requestAnimationFrame = (work) => {
    const id = real.requestAnimationFrame((at) => { frames.delete(id); return work.call(window, at); });
    frames.add(id);
    return id;
  };
  window.cancelAnimationFrame = (id) => { frames.delete(id); return real.cancelAnimationFrame(id); };

  /* [milliseconds to each timer that runs once, does anything repeat, seconds to a refresh or -1] */
  const stirring = () => {
    for (const [id, at] of once) if (at < now() - 3000) once.delete(id);
    const ends = (each) => each.playState === "running" && each.effect && each.effect.getComputedTiming().endTime < 60000;
    const drawn = document.getAnimations ? document.getAnimations().some(ends) : false;
    const meta = document.querySelector("meta[http-equiv=refresh i]");
    return [[...once.values()].map((at) => Math.max(0, at - now())), again.size > 0 || frames.size > 0 || drawn, meta ? parseFloat(meta.content) || 0 : -1];
  };
  Object.defineProperty(window, Symbol.for("mingdai.stirring"), { value: stirring });
})();
