/* Remember which elements listen for a press: a person sees that something can be pressed by its
   look, a program by its listeners.  Runs before any script of the page, in every frame. */
(() => {
  const presses = new Set(["click", "mousedown", "mouseup", "touchstart", "touchend", "pointerdown", "pointerup", "tap"]);
  const heard = new WeakSet();
  const add = EventTarget.prototype.addEventListener;
  Object.defineProperty(window, Symbol.for("mingdai.heard"), { value: heard });
  EventTarget.prototype.addEventListener = function (type, ...rest) {
    if (presses.has(type) && this instanceof Element && this !== document.documentElement && this !== document.body) heard.add(this);
    return add.call(this, type, ...rest);
  };
})();
