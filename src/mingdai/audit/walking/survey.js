/* Look at one document as a person would: what can be seen, filled, ticked and pressed.
   Returns { elements: [...], facts: {...} }; each fact names its element by index.  Nothing in the
   page is changed. */
() => {
  const CONSENT = /同意|协议|授权|隐私|条款|知情|阅读|告知|agree|consent|privacy|terms/i;
  const ON = /(^|[-_ ])(checked|active|selected|on|cur|current|ticked|is-checked|choosed|chosen)($|[-_ ])/i;
  const elements = [], controls = [], buttons = [], links = [], lines = [];
  const all = [];
  const squeeze = (text, most = 160) => (text || "").replace(/\s+/g, " ").trim().slice(0, most);
  const roots = [document];
  for (let r = 0; r < roots.length && r < 200; r++) {
    for (const el of roots[r].querySelectorAll("*")) {
      all.push(el);
      if (el.shadowRoot) roots.push(el.shadowRoot);
    }
  }
  const parentOf = (el) => el.parentElement || (el.getRootNode() && el.getRootNode().host) || null;
  const visible = (el) => {
    const box = el.getBoundingClientRect();
    if (box.width < 2 || box.height < 2) return false;
    if (box.right < -200 || box.bottom + scrollY < -200 || box.left > innerWidth + 4000) return false;
    if (el.checkVisibility) return el.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true });
    const style = getComputedStyle(el);
    return style.visibility !== "hidden" && style.display !== "none" && style.opacity !== "0";
  };
  const slotted = (el) => [...el.querySelectorAll("slot"), ...(el.tagName === "SLOT" ? [el] : [])].flatMap((s) => s.assignedNodes()).map((n) => n.innerText || n.textContent || "").join(" ");
  const rawOf = (el) => {
    const own = el.innerText === undefined ? el.textContent : el.innerText;
    if (own && own.trim()) return own;
    return (el.querySelector && slotted(el)) || (el.shadowRoot ? [...el.shadowRoot.children].map((c) => c.innerText || "").join(" ") : "") || "";
  };
  const textOf = (el, most = 160) => squeeze(rawOf(el), most);
  /* The words nearest to what comes after: all of a short text, the last line of a long one. */
  const lastOf = (el, most) => {
    const lines = rawOf(el).split("\n").map((l) => squeeze(l, 400)).filter((l) => l && !/不正确|错误|有误|重新输入|不能为空/.test(l));
    const whole = lines.join(" ");
    return whole.length <= 40 || !lines.length ? whole.slice(0, most) : lines[lines.length - 1].slice(-most);
  };
  const classOf = (el) => (typeof el.className === "string" ? el.className : (el.getAttribute("class") || ""));
  const inner = (el) => el.querySelectorAll("input:not([type=hidden]),textarea,select,[contenteditable=true]").length;

  const holds = (outer, el) => { for (let e = el; e; e = parentOf(e)) if (e === outer) return true; return false; };

  /* What lies over the page: a fixed or absolute box around the middle of the screen. */
  const coverOf = () => {
    let el = document.elementFromPoint(innerWidth / 2, innerHeight / 2), found = null;
    const points = [[0.5, 0.5], [0.5, 0.85], [0.5, 0.15]];
    for (const [x, y] of points) {
      for (el = document.elementFromPoint(innerWidth * x, innerHeight * y); el && el !== document.body; el = parentOf(el)) {
        const style = getComputedStyle(el), box = el.getBoundingClientRect();
        if (el.matches("dialog[open],[role=dialog],[aria-modal=true]")) found = el;
        else if (style.position === "fixed" && box.width >= innerWidth * 0.6 && box.height >= innerHeight * 0.25 && inner(el) < all.filter((e) => e.tagName === "INPUT").length + 1) found = el;
      }
      if (found) break;
    }
    if (!found) return null;
    if (!textOf(found, 40)) {
      const over = all.filter((e) => getComputedStyle(e).position === "fixed" && visible(e) && textOf(e, 40) && e.getBoundingClientRect().width >= innerWidth * 0.5 && e.getBoundingClientRect().height >= 60)
        .filter((e) => { const b = e.getBoundingClientRect(); const hit = document.elementFromPoint(b.left + b.width / 2, Math.min(innerHeight - 1, Math.max(0, b.top + b.height / 2))); return hit && holds(e, hit); });
      return over.length ? over[over.length - 1] : found;
    }
    const whole = inner(document.body);
    return whole && inner(found) === whole && !found.matches("dialog,[role=dialog],[aria-modal=true]") && textOf(found, 9999).length > textOf(document.body, 9999).length * 0.8 ? null : found;
  };
  const cover = document.body ? coverOf() : null;
  const reach = (el) => {
    const box = el.getBoundingClientRect();
    const x = box.left + box.width / 2, y = box.top + box.height / 2;
    if (x < 0 || y < 0 || x > innerWidth || y > innerHeight) return cover === null || holds(cover, el);
    let hit = document.elementFromPoint(x, y);
    while (hit && hit.shadowRoot && hit.shadowRoot.elementFromPoint(x, y) && hit.shadowRoot.elementFromPoint(x, y) !== hit) hit = hit.shadowRoot.elementFromPoint(x, y);
    if (!hit) return false;
    return holds(el, hit) || holds(hit, el) && (cover === null || holds(cover, el)) || (el.labels && [...el.labels].some((l) => holds(l, hit)));
  };
  const keep = (el) => { elements.push(el); return elements.length - 1; };

  const rows = new Map();
  const keepOnce = (el) => { if (!rows.has(el)) rows.set(el, keep(el)); return rows.get(el); };
  const labelOf = (el) => {
    const texts = el.labels ? [...el.labels].map((l) => textOf(l)) : [];
    const named = (el.getAttribute("aria-labelledby") || "").split(/\s+/).filter(Boolean)
      .map((id) => { const e = el.getRootNode().getElementById ? el.getRootNode().getElementById(id) : null; return e ? textOf(e) : ""; });
    return squeeze([...texts, ...named].filter(Boolean).join(" "), 300);
  };
  const nearOf = (el) => {
    let e = el;
    for (let up = 0; up < 5 && e && e !== document.body; up++, e = parentOf(e)) {
      for (let s = e.previousElementSibling, n = 0; s && n < 3; s = s.previousElementSibling, n++) {
        if (/^(SCRIPT|STYLE|BR|HR)$/.test(s.tagName)) continue;
        if (inner(s) || s.shadowRoot || s.matches("input,select,textarea")) break;
        const text = lastOf(s, 80);
        if (text) return text;
      }
      if (e.shadowRoot && e !== el) {
        const said = squeeze(e.innerText || e.getAttribute("label") || e.getAttribute("title") || "", 80);
        if (said) return said;
      }
      const before = [];
      for (let n = e.previousSibling; n; n = n.previousSibling) {
        if (n.nodeType === 3 && n.textContent.trim()) { before.push(n.textContent.trim()); break; }
        if (n.nodeType === 1 && !/^(BR|SPAN|B|I|EM|STRONG)$/.test(n.tagName)) break;
      }
      if (before.length) return squeeze(before[0], 80);
      const cell = e.closest ? e.closest("td") : null;
      if (cell && cell.previousElementSibling) return textOf(cell.previousElementSibling, 80);
    }
    const after = el.nextElementSibling && !inner(el.nextElementSibling) ? textOf(el.nextElementSibling, 60) : "";
    return after;
  };
  const around = (el, most = 300) => {
    for (let e = el, up = 0; e && e !== document.body && up < 5; e = parentOf(e), up++) {
      const text = textOf(e, most);
      if (text.length > 3) return text;
    }
    return "";
  };
  const linksIn = (el) => {
    const seen = [], bare = [];
    for (let e = el, up = 0; e && e !== document.body && up < 4; e = parentOf(e), up++) {
      for (const a of [e, ...(e.shadowRoot ? [e.shadowRoot] : [])].flatMap((r) => [...r.querySelectorAll("a,[data-href],[data-url],[onclick]")])) {
        const text = textOf(a, 80);
        if (text && /《|协议|授权|隐私|条款|须知|告知|政策|合同|声明/.test(text) && text.length <= 60 && !a.querySelector("a")) seen.push({ text, href: hrefOf(a) });
      }
      if (seen.length) break;
      const names = (textOf(e, 400).match(/《[^》]{2,40}》/g) || []);
      if (names.length && !bare.length) bare.push(...names.map((text) => ({ text, href: "", plain: true })));
    }
    return seen.length ? seen : bare;
  };
  const hrefOf = (a) => {
    const raw = a.getAttribute("href") || a.getAttribute("data-href") || a.getAttribute("data-url") || "";
    if (!raw || /^#[#!\/]*$/.test(raw) || /^(javascript|about|data):/i.test(raw)) return "";
    try { return new URL(raw, document.baseURI).href; } catch { return ""; }
  };
  const heard = window[Symbol.for("mingdai.heard")];
  const reacts = (el) => Object.keys(el).some((k) => /^__react(Props|EventHandlers)/.test(k) && el[k] && (el[k].onClick || el[k].onTouchEnd || el[k].onPointerUp || el[k].onMouseDown));
  const handled = (el) => (heard && heard.has(el)) || reacts(el) || el.onclick || el.ontouchend || el.onpointerup || el.onmousedown || el.hasAttribute("onclick") || el.hasAttribute("@click") || el.hasAttribute("v-on:click") || el.hasAttribute("ng-click");
  const disabled = (el) => !!(el.disabled || el.getAttribute("aria-disabled") === "true" || /(^|[-_ ])(disabled|disable|forbid|gray-btn|btn-gray)($|[-_ ])/i.test(classOf(el)) || getComputedStyle(el).pointerEvents === "none");
  const fact = (el, more) => {
    const box = el.getBoundingClientRect();
    return Object.assign({
      index: keep(el), tag: el.tagName.toLowerCase(), type: (el.getAttribute("type") || "").toLowerCase(),
      name: el.getAttribute("name") || "", id: el.id || "", cls: squeeze(classOf(el), 80),
      label: labelOf(el), aria: squeeze(el.getAttribute("aria-label") || el.getAttribute("title") || ""),
      placeholder: squeeze(el.getAttribute("placeholder") || el.getAttribute("data-placeholder") || ""),
      autocomplete: el.getAttribute("autocomplete") || "", inputmode: el.getAttribute("inputmode") || "",
      maxlength: Number(el.getAttribute("maxlength") || 0), model: el.getAttribute("v-model") || el.getAttribute("data-field") || el.getAttribute("data-name") || "",
      required: !!(el.required || el.getAttribute("aria-required") === "true"),
      top: Math.round(box.top + scrollY), left: Math.round(box.left), width: Math.round(box.width), height: Math.round(box.height),
      reach: reach(el), disabled: disabled(el), modal: !!(cover && holds(cover, el)), form: el.closest && el.closest("form") ? [...document.forms].indexOf(el.closest("form")) : -1,
    }, more);
  };
  /* What a drawn box shows: its marks, and the name of its picture. */
  const pictureOf = (el) => { const img = el.tagName === "IMG" ? el : el.querySelector("img"); const raw = (img && img.getAttribute("src")) || (getComputedStyle(el).backgroundImage.match(/url\("?([^")]*)/) || [])[1] || ""; return raw.startsWith("data:") ? raw.slice(0, 400) : raw; };
  const pictured = (el) => { const file = pictureOf(el).split("?")[0].split("/").pop(); if (pictureOf(el).startsWith("data:")) return false; return /(^|[-_.\d]|[a-z](?=[A-Z]))?(checked|selected|check_on|ticked|active|_on|-on|_sel|_yes|_1\.)/i.test(file) && !/un[-_]?(check|select|tick)|no[-_]?(check|select|tick)|not|_off|-off|normal|default|inactive|empty/i.test(file); };
  const looksOf = (el) => [classOf(el), classOf(parentOf(el)), pictureOf(el), textOf(el, 20), el.getAttribute("style") || "", el.getAttribute("aria-checked") || "", JSON.stringify(el.dataset || {}), getComputedStyle(el).backgroundColor, [...el.children].map((c) => classOf(c) + (c.getAttribute("style") || "") + (c.getAttribute("src") || "")).join(",")].join("~");
  const consentish = (el) => CONSENT.test(around(el));
  const isBox = (el) => el.matches("input[type=checkbox],[role=checkbox],[role=switch]");
  const seenBox = new Set();
  for (const el of all) {
    if (el.closest("noscript,template")) continue;
    if (el.matches("input,textarea,select,[contenteditable=true],[contenteditable=''],[role=textbox],[role=combobox],[role=slider],[role=radio],[role=checkbox],[role=switch]")) {
      const type = (el.getAttribute("type") || "text").toLowerCase();
      if (/^(hidden|submit|button|image|reset)$/.test(type) && el.tagName === "INPUT") continue;
      const boxlike = isBox(el) || type === "radio" || el.matches("[role=radio]");
      const seen = visible(el) || (boxlike && [...(el.labels || []), parentOf(el)].filter(Boolean).some(visible)) || (type === "file" && parentOf(el) && visible(parentOf(el)));
      if (!seen) continue;
      const role = el.getAttribute("role") || "";
      let kind = "field";
      if (isBox(el)) { kind = "box"; seenBox.add(el); }
      else if (type === "radio" || role === "radio") kind = "radio";
      else if (el.tagName === "SELECT") kind = "select";
      else if (type === "range" || role === "slider") kind = "range";
      else if (type === "file") kind = "file";
      else if (el.readOnly || (role === "combobox" && el.tagName !== "INPUT")) kind = "picker";
      const more = { kind, near: nearOf(el), value: "value" in el ? String(el.value || "") : textOf(el), checked: !!(el.checked || el.getAttribute("aria-checked") === "true"), shown: visible(el) };
      if (kind === "picker" && !("value" in el)) more.placeholder = squeeze(el.getAttribute("placeholder") || textOf(el, 60));
      if (kind === "select") more.options = [...el.options].map((o) => ({ value: o.value, text: squeeze(o.text, 60), disabled: o.disabled }));
      if (kind === "radio") { more.near = squeeze(el.value || "", 40); const set = el.closest("fieldset,[role=radiogroup]"); more.group = set && set.querySelector("legend") ? textOf(set.querySelector("legend"), 60) : nearOf(parentOf(el) && parentOf(el).tagName === "LABEL" ? parentOf(el) : el); more.label = labelOf(el) || (el.nextSibling && el.nextSibling.nodeType === 3 ? squeeze(el.nextSibling.textContent, 40) : "") || textOf(el, 40) || textOf(parentOf(el), 40); }
      if (kind === "box") { more.consent = consentish(el); more.words = more.consent ? (labelOf(el).length > 3 ? labelOf(el) : around(el)) : labelOf(el); more.links = linksIn(el); if (!el.labels && role) more.shown = visible(el); more.looks = looksOf(el); more.wraps = !!el.querySelector("a,[data-href],[onclick]") || el.getBoundingClientRect().width > 90; }
      controls.push(fact(el, more));
    }
  }
  /* Sliders drawn by hand: a small thing in a long track. */
  for (const el of all) {
    if (!/slider|thumb|knob|handle|range|drag/i.test(classOf(el)) || el.matches("input,[role=slider]") || !visible(el)) continue;
    const box = el.getBoundingClientRect(), track = parentOf(el) && parentOf(el).getBoundingClientRect();
    if (!track || box.width > 56 || box.height > 56 || track.width < 140 || track.height > 70 || textOf(el).length > 6) continue;
    if (controls.some((c) => c.kind === "range" && (holds(elements[c.index], el) || holds(el, elements[c.index])))) continue;
    controls.push(fact(el, { kind: "range", near: nearOf(parentOf(el)), value: "", checked: false, shown: true }));
  }
  /* Boxes drawn by hand: a small clickable thing beside words of consent. */
  for (const el of all) {
    if (!/^(I|SPAN|DIV|EM|B|IMG|LABEL|P|SVG|A|LI|UNI-VIEW|UNI-LABEL)$/i.test(el.tagName) || isBox(el)) continue;
    const box = el.getBoundingClientRect();
    if (box.width < 6 || box.height < 6 || box.width > 48 || box.height > 48 || !visible(el)) continue;
    if (textOf(el).replace(/[✓✔√□☐☑○●◯◉⚪⚫·\s]/g, "").length > 0) continue;
    const named = /check|agree|tick|radio|gou|select|circle|box|consent|protocol|xieyi/i.test(classOf(el) + " " + el.id);
    const acts = handled(el) || getComputedStyle(el).cursor === "pointer" || (parentOf(el) && (handled(parentOf(el)) || getComputedStyle(parentOf(el)).cursor === "pointer"));
    const square = Math.abs(box.width - box.height) <= 3 && box.width >= 10 && box.width <= 30 && (parseFloat(getComputedStyle(el).borderTopWidth) > 0 || /inset|px/.test(getComputedStyle(el).boxShadow));
    if (!(named || acts || square) || !consentish(el)) continue;
    if ([...seenBox].some((b) => holds(b, el) || holds(el, b) || (b.labels && [...b.labels].some((l) => holds(l, el))) || (parentOf(b) === parentOf(el)))) continue;
    const line = around(el);
    if (line.length > 260 || /^[×xX✕]/.test(textOf(el))) continue;
    seenBox.add(el);
    const marks = textOf(el) + getComputedStyle(el, "::before").content + getComputedStyle(el, "::after").content;
    const checked = ON.test(classOf(el)) || ON.test(classOf(parentOf(el))) || el.getAttribute("aria-checked") === "true" || /^(true|1|on|checked)$/.test(el.dataset.checked || el.dataset.on || el.dataset.state || "") || pictured(el) || /[✓✔√☑●◉⚫]/.test(marks);
    controls.push(fact(el, { kind: "box", near: "", value: "", checked, shown: true, consent: true, words: squeeze(line.replace(/[☐☑☒□■○●◯◉✓✔√]/g, " "), 300), links: linksIn(el), drawn: true, looks: looksOf(el) }));
  }
  /* A line that asks to be pressed in order to choose or type: 月收入  请选择 ›. */
  const ASKS = /(请选择|请点击选择|点击选择|去选择|请输入|点击输入|请填写|去填写|点击填写)[^，。！,]{0,12}$/;
  /* A box drawn like an input that holds nothing but the name of what it wants: 您的手机号. */
  const WANTS = /手机|电话|号码|姓名|名字|称呼|身份证|证件|邮箱|地址|住址|城市|地区|省市|收入|月薪|金额|期限|职业|学历|婚姻|用途/;
  const LEADS = /获取|登录|注册|立即|申请|提交|下一步|查看|一键|本机|确认|同意|授权|继续|修改|更换|协议|政策/;
  const drawnInput = (el, text) => {
    const box = el.getBoundingClientRect(), style = getComputedStyle(el);
    const lined = ["Top", "Bottom"].some((s) => parseFloat(style["border" + s + "Width"]) > 0 && style["border" + s + "Style"] !== "none");
    const shaped = lined || /(^|[-_ ])(input|field|textbox|ipt|inp)/i.test(classOf(el));
    const alike = parentOf(el) ? [...parentOf(el).children].filter((c) => c !== el && c.tagName === el.tagName && classOf(c) === classOf(el) && !c.isContentEditable) : [];
    if (alike.map((c) => textOf(c, 60)).some((t) => t && !WANTS.test(t) && !/\d{6}/.test(t))) return false; /* one answer of several: 公务员, 自由职业 */
    return shaped && text.length <= 16 && box.width >= 140 && box.height >= 24 && box.height <= 80 && WANTS.test(text) && !LEADS.test(text);
  };
  const pickerLike = (el) => {
    const text = textOf(el, 60);
    if (text && !inner(el) && !el.querySelector("a,button") && drawnInput(el, text)) return { kind: "picker", near: nearOf(el), value: "", label: text, shown: true, checked: false };
    if (!text || text.length > 32 || inner(el) || !ASKS.test(text.replace(/[>›»→\s]+$/, "")) || el.querySelector("a")) return null;
    const label = squeeze(text.replace(/(请|点击|去)*(选择|输入|填写)/g, " ").replace(/[>›»→*]/g, " "), 60);
    return { kind: "picker", near: nearOf(el), value: "", label, shown: true, checked: false };
  };
  /* A block painted like a button although nothing on it listens: its press is heard further up. */
  const painted = (style) => (style.backgroundColor !== "rgba(0, 0, 0, 0)" && style.backgroundColor !== "transparent") || style.backgroundImage !== "none";
  const blocky = (el) => {
    if (el.children.length > 2 || !/^(DIV|SPAN|P|SECTION|LI|UNI-VIEW|UNI-BUTTON|TD|B|STRONG|FONT)$/.test(el.tagName)) return false;
    const text = textOf(el, 40), box = el.getBoundingClientRect();
    if (!text || text.length > 16 || box.width < 90 || box.height < 26 || box.height > 80) return false;
    const style = getComputedStyle(el);
    return (painted(style) || parseFloat(style.borderTopWidth) > 0) && (style.textAlign === "center" || style.justifyContent === "center");
  };
  for (const el of all) {
    if (!visible(el) || isBox(el) || el.closest("noscript,template") || el.matches("[role=combobox],[role=slider],[role=textbox],[role=radio]")) continue;
    const tag = el.tagName, type = (el.getAttribute("type") || "").toLowerCase();
    const plain = tag === "BUTTON" || (tag === "INPUT" && /^(submit|button|image)$/.test(type)) || el.getAttribute("role") === "button" || tag === "SUMMARY";
    const anchor = tag === "A";
    const pointer = getComputedStyle(el).cursor === "pointer";
    const choosing = !plain && !anchor && (handled(el) || pointer || el.hasAttribute("tabindex")) && pickerLike(el);
    if (choosing && controls.some((c) => c.kind === "picker" && holds(elements[c.index], el))) continue;
    if (choosing) { controls.push(fact(el, choosing)); continue; }
    const loose = !plain && !anchor && (handled(el) || /(^|[-_ ])(close|guanbi)($|[-_ ])/i.test(classOf(el)) || (pointer && (!parentOf(el) || getComputedStyle(parentOf(el)).cursor !== "pointer")) || /(^|[-_ ])(btn|button|submit|next)($|[-_ ])/i.test(classOf(el)) || el.hasAttribute("tabindex") || el.matches("[role=option],[role=menuitem],[role=treeitem],[role=tab]"));
    const guess = !plain && !anchor && !loose && blocky(el);
    if (!plain && !anchor && !loose && !guess) continue;
    if (/^(INPUT|SELECT|TEXTAREA|BODY|HTML|LABEL|FORM|OPTION)$/.test(tag) && !plain) continue;
    const shut = !plain && !anchor && /(^|[-_ ])(close|guanbi|dismiss|shut|cha)($|[-_ ])/i.test(classOf(el)) && el.getBoundingClientRect().width <= 60;
    const text = shut && !textOf(el, 10) ? "×" : tag === "INPUT" ? squeeze(el.value || el.alt || el.title) : squeeze(textOf(el, 60) || el.getAttribute("aria-label") || el.getAttribute("title") || el.alt || (el.querySelector("img") ? el.querySelector("img").alt : ""));
    const picture = tag === "IMG" || !!el.querySelector("img,svg,canvas") || /url\(/.test(getComputedStyle(el).backgroundImage);
    const size = el.getBoundingClientRect(), round = size.width >= 48 && size.height >= 48 && handled(el) && painted(getComputedStyle(el));
    if (!text && !plain && !(picture && (size.width > 80 || round))) continue;
    if (loose && (textOf(el, 200).length > 40 || inner(el))) continue;
    const parent = parentOf(el);
    const row = parent ? [...parent.children].filter((c) => c.tagName === el.tagName && visible(c) && textOf(c, 30).length <= 16).length : 0;
    const style = getComputedStyle(el);
    buttons.push(fact(el, { kind: anchor ? "link" : plain ? "button" : "loose", text, guess, option: el.matches("[role=option],[role=menuitem],[role=treeitem]"), href: anchor ? hrefOf(el) : "", target: el.getAttribute("target") || "", download: el.hasAttribute("download"),
      row, rowName: parent ? nearOf([...parent.children].find((c) => c.tagName === el.tagName && (handled(c) || c.tagName === "BUTTON" || getComputedStyle(c).cursor === "pointer")) || el) : "", rowKey: parent ? keepOnce(parent) : -1, chosen: ON.test(classOf(el)) || el.getAttribute("aria-selected") === "true" || el.getAttribute("aria-pressed") === "true" || el.getAttribute("aria-checked") === "true",
      picture, painted: painted(style) }));
    if (text && (anchor || ((handled(el) || pointer) && !el.querySelector("a,[data-href],[role=link]"))) && /《|协议|授权|隐私|条款|须知|告知|政策|合同|声明/.test(text) && text.length <= 60) links.push({ index: elements.length - 1, text, href: hrefOf(el), box: false, reach: reach(el) });
  }
  const body = document.body;
  const shades = roots.slice(1).filter((r) => r.host && visible(r.host)).flatMap((r) => [...r.children]).filter((e) => !/^(STYLE|SCRIPT|LINK)$/.test(e.tagName)).map((e) => e.innerText || "").filter((t) => t.trim());
  const meta = document.querySelector("meta[http-equiv=refresh i]");
  const rawHref = all.filter((e) => e.matches("a[href]") && visible(e)).map((a) => ({ text: textOf(a, 60), href: hrefOf(a) }));
  const pictures = [...document.querySelectorAll("canvas,video")].filter(visible).map((e) => e.tagName.toLowerCase());
  return { elements, facts: {
    url: location.href, title: document.title || "", text: body ? [body.innerText || "", ...shades].join("\n").replace(/[ \t]+/g, " ").replace(/\n\s*\n+/g, "\n").slice(0, 60000) : "",
    controls, buttons, links, hrefs: rawHref.slice(0, 200), cover: cover ? textOf(cover, 20000) : "", refresh: meta ? meta.content : "", pictures,
    scrolls: (cover ? [...cover.querySelectorAll("*"), cover] : all).filter((e) => e.scrollHeight > e.clientHeight + 20 && /auto|scroll/.test(getComputedStyle(e).overflowY)).map(keep),
  } };
}
