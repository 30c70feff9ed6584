/* What the search loads, each file once, as classic scripts that call one function: so it all works from a disk, too. */
(function () {
  'use strict'
  const scripts = new Map()
  const files = { root: document.currentScript.src.replace(/assets\/files\.js.*$/, ''), manifest: null, engine: null, cards: new Map() }

  /* A script of the site, by its path from the root. */
  files.load = function (path) {
    if (!scripts.has(path)) {
      scripts.set(path, new Promise(function (resolve, reject) {
        const script = document.createElement('script')
        script.src = files.root + path
        script.addEventListener('load', resolve)
        script.addEventListener('error', function () {
          scripts.delete(path)
          reject(new Error(path))
        })
        document.head.appendChild(script)
      }))
    }
    return scripts.get(path)
  }

  /* One of the files that the manifest names. */
  files.named = function (name) {
    return files.load('search/' + files.manifest.files[name] + '.js')
  }

  /* Everything a search needs before its first shard. */
  files.open = function () {
    return Promise.all([
      files.load('search/manifest.js'),
      window.lunr ? null : files.load('assets/vendor/lunr.js'),
      window.catalogEngine ? null : files.load('assets/terms.js')
    ]).then(function () { return files.named('numbers') })
  }

  /* Where the card of a row is: a few neighbours of one cell of numbers lie in one file. */
  files.cardPath = function (row) {
    const { shift, bundle } = files.manifest
    const cell = files.engine.numbers[row] >> shift
    const first = window.catalogEngine.lower(files.engine.numbers, cell << shift)
    return 'search/cards/' + cell + '-' + Math.floor((row - first) / bundle) + '.js'
  }

  /* The cards of some rows of the engine, in their order. */
  files.cardsOf = function (rows) {
    return Promise.all(rows.map(function (row) { return files.load(files.cardPath(row)) })).then(function () {
      return rows.map(function (row) { return files.cards.get(files.engine.numbers[row]) }).filter(Boolean)
    })
  }

  window.catalogManifest = function (manifest) { files.manifest = manifest }
  window.catalogNumbers = function (numbers) {
    const { Engine, readSteps } = window.catalogEngine
    files.engine = new Engine(files.manifest, readSteps(numbers, files.manifest.count), files.load)
  }
  window.catalogTerms = function (first, names, data) { files.engine.keep(first, names, data) }
  window.catalogCards = function (rows) { rows.forEach(function (row) { files.cards.set(row[0], row) }) }
  window.catalogFiles = files
})()
