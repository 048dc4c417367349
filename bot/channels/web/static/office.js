/* The administrators' pages work without this file; with it, files can be dropped and a build is watched. ES2017. */
(function () {
  'use strict';

  const byId = (id) => document.getElementById(id);
  const JSON_ONLY = { Accept: 'application/json' };

  /* ---- the build that runs */
  const building = byId('building');
  const begin = byId('building-form');
  let watching = null;

  if (building && building.classList.contains('running')) { watch(); }
  if (begin) {
    begin.addEventListener('submit', (event) => {
      event.preventDefault();
      begin.querySelector('button').disabled = true;
      fetch(begin.action, { method: 'POST', headers: JSON_ONLY, credentials: 'same-origin' }).then(watch, watch);
    });
  }

  function watch() {
    if (!building || watching) { return; }
    watching = setTimeout(look, 0);
  }

  function look() {
    fetch(building.dataset.address, { headers: JSON_ONLY, credentials: 'same-origin' })
      .then((answer) => { if (!answer.ok) { throw new Error(answer.status); } return answer.json(); })
      .then(show)
      .catch(() => { watching = setTimeout(look, 3000); });
  }

  function show(state) {
    const bar = building.querySelector('progress');
    const report = building.querySelector('.report');
    bar.hidden = !state.running;
    bar.value = state.percent;
    building.querySelector('.line').textContent = state.running ? state.line : building.dataset.done;
    report.hidden = state.running;
    report.textContent = '';
    state.report.forEach((line) => {
      const item = document.createElement('li');
      item.textContent = line;
      report.appendChild(item);
    });
    watching = state.running ? setTimeout(look, 1000) : null;
    if (!state.running && begin) { begin.querySelector('button').disabled = false; }
  }

  /* ---- files */
  const arriving = byId('arriving');
  const arrivals = byId('arrivals');
  const queue = [];
  let sending = false;

  if (arriving) { receive(); }
  if (arrivals) { arrivals.addEventListener('submit', act); }

  function receive() {
    const input = byId('files');
    arriving.addEventListener('submit', (event) => {
      event.preventDefault();
      take(input.files);
      input.value = '';
    });
    input.addEventListener('change', () => { take(input.files); input.value = ''; });
    let inside = 0;
    window.addEventListener('dragover', (event) => event.preventDefault());
    window.addEventListener('drop', (event) => event.preventDefault());
    arriving.addEventListener('dragenter', () => { inside += 1; arriving.classList.add('over'); });
    arriving.addEventListener('dragleave', () => { inside -= 1; if (!inside) { arriving.classList.remove('over'); } });
    arriving.addEventListener('drop', (event) => {
      inside = 0;
      arriving.classList.remove('over');
      take(event.dataTransfer.files);
    });
  }

  function take(files) {
    papersOf(Array.from(files)).forEach((paper) => {
      const title = paper.length > 1 ? arriving.dataset.together.replace('{count}', paper.length) : paper[0].name;
      const row = document.createElement('li');
      const name = document.createElement('strong');
      name.textContent = title;
      const state = document.createElement('p');
      state.textContent = arriving.dataset.waiting;
      const bar = document.createElement('progress');
      bar.max = 100;
      bar.value = 0;
      bar.setAttribute('aria-label', title);
      row.append(name, state, bar);
      arrivals.appendChild(row);
      const large = paper.find((file) => file.size > Number(arriving.dataset.limit));
      if (large) { fail(row, (paper.length > 1 ? large.name + ': ' : '') + arriving.dataset.large); }
      else if (paper.length > Number(arriving.dataset.most)) { fail(row, arriving.dataset.tooMany); }
      else { queue.push([paper, row]); }
    });
    next();
  }

  /* Pictures that come together are the pages of one paper, but where it is said that each is one. */
  function papersOf(files) {
    const apart = arriving.querySelector('[name="rieng"]').checked;
    const pictures = apart ? [] : files.filter((file) => /\.(jpe?g|png)$/i.test(file.name));
    const papers = files.filter((file) => pictures.length < 2 || !pictures.includes(file)).map((file) => [file]);
    return pictures.length < 2 ? papers : [pictures].concat(papers);
  }

  function next() {
    if (sending || !queue.length) { return; }
    sending = true;
    send(...queue.shift());
  }

  function send(paper, row) {
    const words = arriving.dataset;
    const form = new FormData();
    paper.forEach((file) => form.append('file', file));
    if (paper.length === 1) { form.append('rieng', '1'); }
    const request = new XMLHttpRequest();
    request.open('POST', arriving.action);
    request.setRequestHeader('Accept', 'application/json');
    request.responseType = 'json';
    request.upload.onprogress = (event) => {
      const percent = event.total ? Math.floor(event.loaded * 100 / event.total) : 0;
      row.querySelector('progress').value = percent;
      row.querySelector('p').textContent = percent < 100 ? words.sending.replace('{percent}', percent) : words.reading;
    };
    request.onload = () => {
      if (request.status === 200 && request.response) { put(row, request.response.rows[0]); }
      else { fail(row, (request.response && request.response.error) || words.failed); }
    };
    request.onerror = () => fail(row, words.failed);
    request.onloadend = () => { sending = false; next(); };
    request.send(form);
  }

  function fail(row, words) {
    const bar = row.querySelector('progress');
    if (bar) { bar.remove(); }
    const said = row.querySelector('p');
    said.className = 'fault';
    said.textContent = words;
  }

  function put(row, html) {
    const holder = document.createElement('template');
    holder.innerHTML = html;
    const made = holder.content.querySelector('li');
    row.replaceWith(made);
    return made;
  }

  function act(event) {
    const form = event.target;
    const button = event.submitter;
    if (!button) { return; }
    event.preventDefault();
    const row = form.closest('li');
    const sent = new URLSearchParams(new FormData(form));
    sent.append(button.name, button.value);
    row.querySelectorAll('button').forEach((one) => { one.disabled = true; });
    fetch(form.action, { method: 'POST', headers: JSON_ONLY, body: sent, credentials: 'same-origin' })
      .then((answer) => answer.json().then((said) => { if (!answer.ok) { throw new Error(said.error); } return said; }))
      .then((said) => {
        const made = put(row, said.rows[0]);
        if (made.classList.contains('good')) { watch(); }
        made.tabIndex = -1;
        made.focus();
      })
      .catch((error) => {
        row.querySelectorAll('button').forEach((one) => { one.disabled = false; });
        const said = document.createElement('p');
        said.className = 'fault';
        said.setAttribute('role', 'alert');
        said.textContent = error.message || (arriving ? arriving.dataset.failed : '');
        row.appendChild(said);
      });
  }
}());
