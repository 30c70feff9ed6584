/* The search box of /activities/: loads the list of names once, shows what holds every word typed. Text only, never markup. */
(function () {
  'use strict';
  var input = document.getElementById('q');
  var results = document.getElementById('results');
  var listed = document.getElementById('listed');
  var total = document.querySelector('[data-total]');
  var card = document.getElementById('card');
  if (!input || !results || !card) return;
  var here = document.currentScript.src.replace(/assets\/search\.js.*$/, '');
  var sentence = total.textContent;
  var rows = null;
  var most = 60;

  function fold(text) {
    return text.normalize('NFKC').toLowerCase();
  }

  window.catalogNames = function (columns, names) {
    rows = names.map(function (values) {
      var row = {};
      columns.forEach(function (column, at) { row[column] = values[at]; });
      row.text = fold(values.slice(1).join('\n'));
      row.head = fold(row.title + '\n' + row.society);
      return row;
    });
    show();
  };

  function load() {
    if (document.getElementById('names')) return;
    var script = document.createElement('script');
    script.id = 'names';
    script.src = here + 'search/names.js';
    document.head.appendChild(script);
  }

  function put(article, name, text) {
    var node = article.querySelector('[data-of="' + name + '"]');
    if (text) node.textContent = text; else node.remove();
  }

  function draw(row) {
    var article = card.content.firstElementChild.cloneNode(true);
    article.dataset.id = row.id;
    var link = article.querySelector('a');
    link.href = here + 'activities/' + row.id + '.html';
    link.textContent = row.title;
    var state = article.querySelector('.state');
    state.classList.add(row.state);
    state.querySelector('i').textContent = row.sign;
    state.querySelector('span').textContent = row.word;
    ['past', 'report', 'society', 'level', 'when', 'where', 'whom', 'how', 'summary'].forEach(function (name) {
      put(article, name, row[name]);
    });
    return article;
  }

  function show() {
    var words = fold(input.value).split(/\s+/).filter(Boolean);
    listed.hidden = words.length > 0;
    results.hidden = !words.length;
    results.textContent = '';
    if (!words.length) { total.textContent = sentence; return; }
    if (!rows) { total.textContent = '正在查找……'; load(); return; }
    var found = rows.filter(function (row) {
      return words.every(function (word) { return row.text.indexOf(word) >= 0; });
    });
    var rank = function (row) {
      return words.every(function (word) { return row.head.indexOf(word) >= 0; }) ? 0 : 1;
    };
    found.sort(function (a, b) { return rank(a) - rank(b); });
    total.textContent = found.length
      ? '找到 ' + found.length + ' 项' + (found.length > most ? '，先列出 ' + most + ' 项，再加一个词可以缩小范围' : '')
      : '没有找到“' + input.value.trim() + '”。可以少写几个字，换个说法，或者按下面的条件找。';
    if (!found.length) { listed.hidden = false; return; }
    var cards = document.createElement('div');
    cards.className = 'cards';
    found.slice(0, most).forEach(function (row) { cards.appendChild(draw(row)); });
    results.appendChild(cards);
  }

  var waiting = 0;
  function soon() {
    clearTimeout(waiting);
    waiting = setTimeout(function () {
      var query = input.value.trim();
      try { history.replaceState(null, '', query ? '?q=' + encodeURIComponent(query) : location.pathname); } catch (e) { /* from a disk */ }
      show();
    }, 150);
  }

  input.addEventListener('input', function (event) { if (!event.isComposing) soon(); });
  input.addEventListener('compositionend', soon);
  input.form.addEventListener('submit', function (event) { event.preventDefault(); soon(); });
  input.value = new URLSearchParams(location.search).get('q') || '';
  if (input.value) show();
})();
