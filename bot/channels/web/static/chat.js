/* The page works without this file; with it, answers come by themselves. ES2017, for old phones. */
(function () {
  'use strict';

  const root = document.documentElement;
  const body = document.body;
  const byId = (id) => document.getElementById(id);
  const log = byId('log');
  const composer = byId('composer');
  const box = byId('text');
  const code = byId('code');

  /* A browser may forbid storage; then nothing is remembered. */
  function remember(storage, key, value) {
    try { window[storage].setItem(key, value); } catch (error) { /* forbidden */ }
  }
  function recall(storage, key) {
    try { return window[storage].getItem(key); } catch (error) { return null; }
  }

  /* ---- size of the text */
  const SIZES = [90, 112.5, 135, 160, 200];
  const USUAL = 1;
  let size = USUAL;

  function resize(step) {
    size = Math.min(SIZES.length - 1, Math.max(0, step));
    root.style.fontSize = size === USUAL ? '' : SIZES[size] + '%';
  }

  root.classList.add('js');
  const kept = parseInt(recall('localStorage', 'co-chu'), 10);
  if (kept >= 0) { resize(kept); }
  document.querySelectorAll('[data-size]').forEach((button) => {
    button.addEventListener('click', () => {
      const step = parseInt(button.dataset.size, 10);
      resize(step === 0 ? USUAL : size + step);
      remember('localStorage', 'co-chu', String(size));
      window.dispatchEvent(new Event('resize'));
    });
  });

  if (code) { groupDigits(); }
  if (composer) { chat(); }

  /* ---- signing in: 1234567890 is shown as 12345 67890 */
  function groupDigits() {
    code.addEventListener('input', () => {
      if (code.selectionStart !== code.value.length) { return; }
      const digits = code.value.replace(/\D/g, '');
      if (digits.length > 10) { return; }
      code.value = [digits.slice(0, 5), digits.slice(5)].filter(Boolean).join(' ');
    });
  }

  /* ---- the chat */
  function chat() {
    const status = byId('status');
    const broken = byId('broken');
    const file = byId('file');
    const words = body.dataset;
    const mine = new Set();
    let last = parseInt(words.last, 10) || 0;
    let unsent = { text: null, id: null };
    let brokenTimer = null;
    /* Without a session there is no stream; the first message makes one, and others wait for it. */
    let stranger = Boolean(words.stranger);
    let before = Promise.resolve();

    if (!box.value) { box.value = recall('sessionStorage', 'nhap') || ''; }
    fit();
    document.querySelectorAll('.line.pending').forEach((line) => mine.add(line.dataset.message));
    window.addEventListener('resize', fit);
    if (log.children.length > 2) { show(log.lastElementChild); }
    box.focus({ preventScroll: true });

    box.addEventListener('input', () => { fit(); remember('sessionStorage', 'nhap', box.value); });
    box.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && !event.shiftKey && !event.isComposing && event.keyCode !== 229) {
        event.preventDefault();
        submit();
      }
    });
    composer.addEventListener('submit', (event) => { event.preventDefault(); submit(); });
    document.addEventListener('click', (event) => {
      const button = event.target.closest ? event.target.closest('[data-choice]') : null;
      if (button) { event.preventDefault(); choose(button); }
    });
    const leaving = byId('leaving');
    if (leaving) { leaving.addEventListener('submit', () => remember('sessionStorage', 'nhap', '')); }

    function fit() {
      box.style.height = 'auto';
      box.style.height = box.scrollHeight + 4 + 'px';
      composer.classList.remove('tall');
      composer.classList.toggle('tall', composer.offsetHeight > window.innerHeight / 2);
    }

    function say(text) { status.textContent = text; }

    function newId() {
      const numbers = window.crypto.getRandomValues(new Uint8Array(16));
      return Array.from(numbers, (number) => ('0' + number.toString(16)).slice(-2)).join('');
    }

    function byteLength(text) { return unescape(encodeURIComponent(text)).length; }

    function submit() {
      const text = box.value;
      const chosen = file && file.files.length ? file.files[0] : null;
      if (!text.trim() && !chosen) { box.focus(); return; }
      const tooLarge = byteLength(text) > Number(words.textLimit) || (chosen && chosen.size > Number(words.fileLimit));
      if (tooLarge) { say(words.tooLarge); return; }
      const id = unsent.text === text && !chosen ? unsent.id : newId();
      box.value = '';
      fit();
      remember('sessionStorage', 'nhap', '');
      if (chosen) { sendForm(id, text, chosen); } else { sendJson({ message: id, text: text }, text); }
      box.focus({ preventScroll: true });
    }

    function choose(button) {
      if (button.disabled) { return; }
      button.disabled = true;
      setTimeout(() => { button.disabled = false; }, 2000);
      sendJson({ message: newId(), choice: button.dataset.choice }, button.textContent);
      box.focus({ preventScroll: true });
    }

    function sendJson(sent, shown) {
      const headers = { 'Content-Type': 'application/json', Accept: 'application/json' };
      post({ method: 'POST', headers: headers, body: JSON.stringify(sent) }, sent.message, shown, sent.text);
    }

    function sendForm(id, text, chosen) {
      const form = new FormData();
      form.append('message', id);
      form.append('text', text);
      form.append('file', chosen);
      post({ method: 'POST', headers: { Accept: 'application/json' }, body: form }, id, text || chosen.name, text);
      file.value = '';
    }

    function post(request, id, shown, text) {
      say('');
      mine.add(id);
      const pending = addPending(id, shown);
      request.credentials = 'same-origin';
      const sent = before.then(() => fetch('/hoi', request));
      if (stranger) { before = sent.catch(() => null); }
      sent.then((response) => {
        if (response.status === 401) { keep(text); location.assign('/vao?xong'); return null; }
        if (response.ok) {
          if (stranger) { stranger = false; connect(); }
          return null;
        }
        return response.json().then((answer) => { throw new Refused(answer.error); });
      }).catch((error) => {
        pending.remove();
        unsent = { text: text, id: id };
        keep(text);
        say(error instanceof Refused && error.words ? error.words : words.notSent);
      });
    }

    function Refused(said) { this.words = said; }

    /* What could not be sent goes back into the box, before what was typed meanwhile. */
    function keep(text) {
      if (!text) { return; }
      box.value = box.value ? text + '\n' + box.value : text;
      remember('sessionStorage', 'nhap', box.value);
      fit();
    }

    function addPending(id, shown) {
      const article = document.importNode(byId('pending').content, true).querySelector('article');
      article.dataset.message = id;
      article.querySelector('.question p').textContent = shown;
      log.appendChild(article);
      article.scrollIntoView({ block: 'end' });
      window.scrollTo(0, root.scrollHeight);
      return article;
    }

    /* ---- answers */
    function find(selector, value) {
      return value === null ? null : log.querySelector(selector + '="' + String(value).replace(/[^\w-]/g, '') + '"]');
    }

    function place(event) {
      const line = JSON.parse(event.data);
      last = Math.max(last, line.number);
      if (find('[data-number', line.number)) { return; }
      const holder = document.createElement('template');
      holder.innerHTML = line.html;
      const article = holder.content.querySelector('article');
      const replaced = find('[data-number', line.replaces);
      const pending = find('.pending[data-message', line.message);
      const asked = find('[data-message', line.message);
      const old = replaced || pending;
      const question = article.querySelector('.question');
      if (old && !question) {
        const shown = old.querySelector('.question');
        if (shown) { article.insertBefore(shown, article.firstChild); }
      } else if (!old && asked && question) { question.remove(); }
      if (pending && pending !== old) { pending.remove(); }
      if (old) { old.parentNode.replaceChild(article, old); } else { log.appendChild(article); }
      offerReading(article);
      if (mine.delete(line.message) || nearEnd(article)) { show(article); }
    }

    function nearEnd(article) {
      return article.getBoundingClientRect().top < window.innerHeight * 1.5;
    }

    function show(article) {
      const start = article.querySelector('.reply') || article;
      start.scrollIntoView({ block: 'start' });
    }

    /* ---- the stream */
    if (!stranger) { connect(); }

    function connect() {
      const source = new EventSource('/dong?sau=' + last);
      source.onmessage = place;
      source.onopen = () => { clearTimeout(brokenTimer); brokenTimer = null; broken.hidden = true; };
      source.addEventListener('het', () => { source.close(); location.assign('/vao?xong'); });
      source.onerror = () => {
        if (!brokenTimer) { brokenTimer = setTimeout(() => { broken.hidden = false; }, 3000); }
        if (source.readyState === EventSource.CLOSED) { setTimeout(comeBack, 5000); }
      };
    }

    /* A browser gives up on a stream that was refused: the server is not back yet, or the session ended meanwhile. */
    function comeBack() {
      fetch('/', { method: 'HEAD', credentials: 'same-origin', redirect: 'manual' }).then((response) => {
        if (response.type === 'opaqueredirect') { location.assign('/vao?xong'); } else { connect(); }
      }).catch(() => setTimeout(comeBack, 5000));
    }

    /* ---- reading aloud, where the browser has a Vietnamese voice */
    let voice = null;
    let speaking = null;

    if ('speechSynthesis' in window && 'SpeechSynthesisUtterance' in window) {
      findVoice();
      window.speechSynthesis.addEventListener('voiceschanged', findVoice);
      window.addEventListener('pagehide', () => window.speechSynthesis.cancel());
    }

    function findVoice() {
      voice = window.speechSynthesis.getVoices().find((one) => /^vi\b/i.test(one.lang.replace('_', '-'))) || null;
      if (voice) { log.querySelectorAll('.line').forEach(offerReading); }
    }

    function offerReading(article) {
      const reply = article.querySelector('.reply');
      if (!voice || !reply || reply.querySelector('.aloud')) { return; }
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'aloud';
      button.textContent = words.readAloud;
      button.addEventListener('click', () => readAloud(reply, button));
      reply.appendChild(button);
    }

    function readAloud(reply, button) {
      const wasMine = speaking === button;
      stopReading();
      if (wasMine) { return; }
      speaking = button;
      button.textContent = words.stopReading;
      /* a piece for each paragraph: long ones are broken off by some browsers */
      const pieces = Array.from(reply.querySelectorAll('.text, blockquote p, .more, figcaption'));
      pieces.forEach((piece, index) => {
        const utterance = new SpeechSynthesisUtterance(piece.textContent.trim());
        utterance.lang = 'vi-VN';
        utterance.voice = voice;
        if (index === pieces.length - 1) { utterance.onend = () => { if (speaking === button) { stopReading(); } }; }
        window.speechSynthesis.speak(utterance);
      });
    }

    function stopReading() {
      window.speechSynthesis.cancel();
      if (speaking) { speaking.textContent = words.readAloud; }
      speaking = null;
    }

    /* ---- speaking the question */
    const Recognition = window.SpeechRecognition || window.webkitSpeechRecognition;
    const speak = byId('speak');
    if (Recognition && window.isSecureContext) { offerSpeaking(); }

    function offerSpeaking() {
      let recognition = null;
      speak.hidden = false;
      fit();
      speak.addEventListener('click', () => {
        if (recognition) { recognition.stop(); return; }
        recognition = new Recognition();
        recognition.lang = 'vi-VN';
        recognition.onresult = (event) => {
          const heard = Array.from(event.results).map((result) => result[0].transcript).join(' ').trim();
          box.value = box.value ? box.value + ' ' + heard : heard;
          remember('sessionStorage', 'nhap', box.value);
          fit();
          say('');
        };
        recognition.onerror = () => say(words.notHeard);
        recognition.onend = () => {
          recognition = null;
          speak.setAttribute('aria-pressed', 'false');
          if (status.textContent === words.listening) { say(''); }
          box.focus({ preventScroll: true });
        };
        recognition.start();
        speak.setAttribute('aria-pressed', 'true');
        say(words.listening);
      });
    }
  }
}());
