/* The search itself, without a page: which records hold the words of a query, and in what order. Loads only the shards a query needs.
   Every file is a classic script that calls one function, so it also loads from a disk; it runs in node as well. */
(function (global) {
  'use strict'

  const PLACES = 512 // of a name; the generator keeps no place beyond
  const K1 = 1.2 // lunr's own; its b is 0: the fields have bounded lengths, so no length has to travel
  const MOST_SCORE = 1e7 // thousandths; no score of lunr's comes near it
  const ROWS = 1 << 20 // more than there can be
  const STAR = '\uE000' // stands for an asterisk, which lunr would take for a wildcard
  const WORD = /[a-z0-9]{3,24}/g
  const REQUESTS = 12 // for shards and cards of a query, where that can be
  const CHECK = 3 // letters of a shard's hash
  const digitOf = new Uint8Array(128)
  let codes = 0
  for (let code = 35; code < 127; code++) if (code !== 60 && code !== 92) digitOf[code] = codes++

  /* What is typed, as the generator folded what is searched. */
  function fold (text) {
    return text.normalize('NFKC').toLowerCase().split(/\s+/).filter(Boolean).join(' ')
  }

  /* Characters whose lowest digits come first, then all the next ones (generator: digits). */
  function readDigits (text, count, base) {
    const values = new Float64Array(count)
    let worth = 1
    for (let at = 0; at < text.length; at += count) {
      for (let row = 0; row < count; row++) values[row] += digitOf[text.charCodeAt(at + row)] * worth
      worth *= base || 90
    }
    return values
  }

  /* Numbers that are each as far from the one before as a text of digits says. */
  function readSteps (text, count) {
    const values = Int32Array.from(readDigits(text, count))
    for (let at = 1; at < count; at++) values[at] += values[at - 1]
    return values
  }

  /* Reads numbers one by one (generator: letters). */
  function Letters (text, at) {
    this.text = text
    this.at = at
  }
  Letters.prototype.next = function () {
    let value = 0
    let worth = 1
    for (;;) {
      const digit = digitOf[this.text.charCodeAt(this.at++)]
      if (digit < 45) return value + digit * worth
      value += (digit - 45) * worth
      worth *= 45
    }
  }

  /* The terms that a word needs: every character stands in one of them, those of `shortCover` among them. [term, its place in the word] */
  function cover (word) {
    const letters = Array.from(word)
    const size = letters.length
    if (size === 1) return [[word, 0]]
    const spots = []
    for (let at = 0; at + 1 < size; at += 2) spots.push(size > 3 && size % 4 === 3 && at === size - 3 ? at - 1 : at)
    if (size % 2) spots.push(size - 2)
    const terms = spots.map(function (at) { return [letters[at] + letters[at + 1], at] })
    return terms.filter(function (term) { return term[0].indexOf(' ') < 0 || letters.length > 1 })
  }

  /* The same in names, where a pair also vouches for the two characters behind it: [term, its place, their sign or nothing] */
  function shortCover (word) {
    const letters = Array.from(word)
    const terms = []
    for (let at = 0; at < letters.length; at += 4) {
      const left = letters.length - at
      if (left > 2) terms.push(link(left < 4 ? letters.length - 4 : at, true))
      else terms.push(link(letters.length - 2, false))
    }
    return terms
    function link (at, signed) {
      return [letters[at] + letters[at + 1], at, signed ? sign(letters[at + 2], letters[at + 3]) : 0]
    }
  }

  /* The generator's number for two characters behind a pair (postings: signs). */
  function sign (third, fourth) {
    return 1 + (third.codePointAt(0) * 31337 + fourth.codePointAt(0)) % 91121
  }

  /* The words of a text: the terms that records must hold (`cover`), those that tell whether a name holds it whole (`chain`). Quoted words
     keep their gaps. `isRest`: the words are what is left of a text, so that no name holds them one behind the other. */
  function cut (text, quoted, isRest) {
    const words = fold(text).split(' ').filter(Boolean).concat((quoted || []).map(fold).filter(Boolean))
    return words.map(function (word) {
      const terms = cover(word)
      return { text: word, cover: terms, chain: terms, whole: word.match(WORD) || [], isRest: isRest || false }
    })
  }

  /* Every pair and word of a text, in the generator's order (terms_of without single characters). */
  function termsOf (text) {
    const found = []
    text.split('\n').forEach(function (name) {
      const folded = fold(name)
      const letters = Array.from(folded)
      for (let at = 0; at + 1 < letters.length; at++) {
        if (letters[at] !== ' ' && letters[at + 1] !== ' ') found.push(letters[at] + letters[at + 1])
      }
      found.push.apply(found, folded.match(WORD) || [])
    })
    return found
  }

  /* lunr's small index of names as lunr.py wrote it: terms in their order, and a vector for each entry and field.
     `texts`: of each entry its texts by field; `scores`: a table, and the places in it, vector after vector. */
  function smallIndex (texts, fields, table, scores) {
    const index = new Map()
    const vectors = []
    texts.forEach(function (entry, number) {
      fields.forEach(function (field, at) {
        const spots = termsOf(entry[at]).map(function (term) {
          if (!index.has(term)) index.set(term, index.size)
          return index.get(term)
        })
        vectors.push([field, number, Array.from(new Set(spots)).sort(function (a, b) { return a - b })])
      })
    })
    const count = vectors.reduce(function (sum, vector) { return sum + vector[2].length }, 0)
    const ranks = readDigits(scores, count)
    let next = 0
    vectors.forEach(function (vector) { vector.push(vector[2].map(function () { return table[ranks[next++]] })) })
    return { terms: Array.from(index.keys()), vectors: vectors }
  }

  function lower (values, value) {
    let low = 0
    let high = values.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (values[middle] < value) low = middle + 1
      else high = middle
    }
    return low
  }

  /* The first UTF-16 units of where each shard begins (shards: boundaries). */
  function beginnings (columns, count) {
    const units = columns.map(function (column) { return readDigits(column, count, 64) })
    const found = []
    let first = 0
    for (let at = 0; at < count; at++) {
      first += units[0][at]
      const all = [first, units[1][at], units[2][at], units[3][at]]
      while (all.length > 1 && !all[all.length - 1]) all.pop()
      found.push(all)
    }
    return found
  }

  /* An engine over one manifest. `load(path)` gives a promise; `numbers`: of all records, ascending. */
  function Engine (manifest, numbers, load) {
    this.manifest = manifest
    this.numbers = numbers
    this.load = load
    this.units = beginnings(manifest.begins, manifest.checks.length / CHECK)
    this.firsts = this.units.map(function (units) { return String.fromCharCode.apply(null, units) })
    this.heavy = new Set(manifest.heavy)
    this.shards = new Map()
    this.postings = new Map()
    this.fields = manifest.fields.map(function (field) {
      return { key: field[0], boost: field[1], isName: field[2] > 0, byTerm: field[3] > 0 }
    })
    this.spread = function () { return { rows: new Int32Array(0), times: null } }
  }

  /* `spread(numbers, times)`: which rows have the terms of some numbers, and how often (times: of each, or null for once). Without it,
     fields that records have from terms hold nothing. */
  Engine.prototype.knows = function (spread) {
    this.spread = spread
    this.postings.clear()
  }

  /* Which shard would hold a term: the last that begins at or before it. */
  Engine.prototype.shardOf = function (term) {
    const at = lower(this.firsts, term)
    return this.firsts[at] === term ? at : at - 1
  }

  Engine.prototype.path = function (at) {
    return 'search/terms/' + this.name(at) + '_' + this.manifest.checks.substr(at * CHECK, CHECK) + '.js'
  }

  /* What a shard is called: the units it begins with. */
  Engine.prototype.name = function (at) {
    return at < 0 ? '' : this.units[at].map(function (unit) { return unit.toString(16) }).join('-')
  }

  /* The shards that some terms and prefixes lie in, each loaded once. */
  Engine.prototype.need = function (terms, prefixes) {
    const wanted = new Set()
    const engine = this
    terms.forEach(function (term) { wanted.add(engine.shardOf(term)) })
    ;(prefixes || []).forEach(function (prefix) {
      for (let at = Math.max(0, engine.shardOf(prefix)); at < engine.firsts.length; at++) {
        if (engine.firsts[at] > prefix && engine.firsts[at].indexOf(prefix) !== 0) break
        wanted.add(at)
      }
    })
    wanted.delete(-1)
    return Promise.all(Array.from(wanted).map(function (at) {
      if (!engine.shards.has(engine.name(at))) return engine.load(engine.path(at))
      return null
    }))
  }

  /* Called by a shard's script. */
  Engine.prototype.keep = function (first, names, data) {
    const terms = names.split('\n')
    const reader = new Letters(data, 0)
    const at = new Map()
    terms.forEach(function (term) {
      const size = reader.next()
      at.set(term, reader.at)
      reader.at += size
    })
    this.shards.set(first, { terms: terms, at: at, data: data })
  }

  /* The postings of a term by field, or null. `rows` are places among the records, ascending; `places` those in names, of rows or of what
     rows have a name from. */
  Engine.prototype.posting = function (term) {
    if (this.postings.has(term)) return this.postings.get(term)
    const shard = this.shards.get(this.name(this.shardOf(term)))
    const from = shard && shard.at.get(term)
    const posting = from === undefined ? null : this.decode(term, new Letters(shard.data, from))
    if (shard) this.postings.set(term, posting)
    return posting
  }

  Engine.prototype.decode = function (term, reader) {
    const engine = this
    const bits = reader.next()
    const isPair = Array.from(term).length === 2
    return this.fields.map(function (field, number) {
      if (!(bits >> number & 1)) return null
      const head = reader.next()
      const full = head >> 2
      const held = head & 2 ? reader.next() : full
      const rows = new Int32Array(held)
      let value = 0
      let row = 0
      for (let at = 0; at < held; at++) {
        value += reader.next()
        if (!field.byTerm) while (engine.numbers[row] < value) row++
        rows[at] = field.byTerm ? value : row
      }
      const times = head & 1 ? new Int32Array(held).map(function () { return reader.next() }) : null
      const at = field.isName && isPair ? places(rows, times, reader) : null
      const signs = at && at.map(function () { return reader.next() })
      if (!field.byTerm) return { full: full, rows: rows, times: times, places: at, signs: signs }
      const spread = engine.spread(rows, times)
      return { full: spread.rows.length, rows: spread.rows, times: spread.times, places: at, signs: signs }
    })
  }

  /* Every place as one number, row * PLACES + place, ascending. */
  function places (rows, times, reader) {
    const all = new Int32Array(times ? times.reduce(function (sum, number) { return sum + number }, 0) : rows.length)
    let next = 0
    for (let at = 0; at < rows.length; at++) {
      let place = 0
      for (let left = times ? times[at] : 1; left; left--) {
        place += reader.next()
        all[next++] = rows[at] * PLACES + place
      }
    }
    return all
  }

  /* The rows whose name in `field` holds a chain of pairs at their places, and behind them what their signs say. */
  Engine.prototype.chained = function (chain, field) {
    const links = []
    for (const link of chain) {
      const posting = this.posting(link[0])
      const of = posting && posting[field]
      if (!of) return []
      if (!of.places) return of.rows // a single character: wherever it stands
      links.push({ places: of.places, signs: of.signs, offset: link[1], sign: link[2], at: 0 })
    }
    links.sort(function (one, other) { return one.places.length - other.places.length })
    const rows = []
    if (!links.length) return rows
    for (const place of links[0].places) {
      const begin = place - links[0].offset
      if (links.every(function (link) { return reaches(link, begin + link.offset) })) rows.push(Math.floor(begin / PLACES))
    }
    return this.fields[field].byTerm ? this.spread(Array.from(new Set(rows)), null).rows : rows
  }

  /* Whether a link has a place; it is asked for ever greater ones, so it goes on from where it was. */
  function reaches (link, place) {
    const held = link.places
    let step = 1
    while (link.at + step < held.length && held[link.at + step] < place) {
      link.at += step
      step *= 2
    }
    while (link.at < held.length && held[link.at] < place) link.at++
    return held[link.at] === place && (!link.sign || link.signs[link.at] === link.sign)
  }

  /* How near each row's names are to the words: 0 the whole text stands in one name, 1 every word in some name, 2 else. */
  Engine.prototype.tiers = function (words, phrase) {
    const engine = this
    const tiers = new Uint8Array(this.numbers.length).fill(2)
    const held = new Uint8Array(this.numbers.length)
    words.forEach(function (word, number) {
      engine.named(word).forEach(function (row) { if (held[row] === number) held[row] = number + 1 })
    })
    if (words.length) for (let row = 0; row < held.length; row++) if (held[row] === words.length) tiers[row] = words.length === 1 ? 0 : 1
    if (phrase.length) {
      engine.fields.forEach(function (field, at) {
        if (!field.isName) return
        for (const row of engine.chained(phrase, at)) tiers[row] = 0
      })
    }
    return tiers
  }

  /* The chain of a text of several words, with the gaps between them; empty for one word, and for the rest of a text. */
  function phraseOf (words) {
    const chain = []
    let at = 0
    words.forEach(function (word, number) {
      const letters = Array.from(word.text)
      if (number) chain.push([' ' + letters[0], at - 1])
      if (letters.length > 1) word.cover.forEach(function (link) { chain.push([link[0], at + link[1]]) })
      if (number + 1 < words.length) chain.push([letters[letters.length - 1] + ' ', at + letters.length - 1])
      at += letters.length + 1
    })
    return words.length > 1 && !words[0].isRest ? chain : []
  }

  /* lunr's number for one term in one field of one record: BM25 without lengths, to three decimals. */
  function weight (idf, times, boost) {
    return Math.round(idf * ((K1 + 1) * times) / (K1 + times) * boost * 1000) / 1000
  }

  Engine.prototype.idf = function (posting) {
    const held = posting.reduce(function (sum, field) { return sum + (field ? field.full : 0) }, 0)
    return Math.log(1 + Math.abs((this.manifest.count - held + 0.5) / (held + 0.5)))
  }

  /* Every term of the clauses once, its postings, and which clause it is for; prefixes become the terms they stand for. */
  Engine.prototype.expand = function (clauses) {
    const engine = this
    return clauses.map(function (clause) {
      if (!clause.prefix) return engine.posting(clause.term) ? [clause.term] : []
      const found = []
      for (let at = Math.max(0, engine.shardOf(clause.term)); at < engine.firsts.length; at++) {
        const shard = engine.shards.get(engine.name(at))
        if (!shard) break
        found.push.apply(found, shard.terms.filter(function (term) { return term.indexOf(clause.term) === 0 }))
        if (shard.terms[shard.terms.length - 1] > clause.term + '\uFFFF') break
      }
      return found
    })
  }

  /* Which rows hold every required clause: 1 in an array of all rows. Without a required clause, those that hold any. */
  Engine.prototype.join = function (clauses, expanded) {
    const count = this.numbers.length
    const seen = new Uint8Array(count)
    let required = 0
    const engine = this
    clauses.forEach(function (clause, number) {
      if (!clause.required) return
      expanded[number].forEach(function (term) {
        engine.posting(term).forEach(function (field) {
          if (field) for (const row of field.rows) if (seen[row] === required) seen[row] = required + 1
        })
      })
      required++
    })
    if (required) return seen.map(function (value) { return value === required ? 1 : 0 })
    expanded.forEach(function (terms) {
      terms.forEach(function (term) {
        engine.posting(term).forEach(function (field) { if (field) for (const row of field.rows) seen[row] = 1 })
      })
    })
    return seen
  }

  /* What each row would score, as lunr adds it up; for choosing whom lunr looks at. */
  Engine.prototype.impacts = function (clauses, expanded) {
    const engine = this
    const scores = new Float64Array(this.numbers.length)
    const asked = new Set([].concat.apply([], expanded))
    asked.forEach(function (term) {
      const posting = engine.posting(term)
      const idf = engine.idf(posting)
      posting.forEach(function (field, number) {
        if (!field) return
        const boost = engine.fields[number].boost
        const once = weight(idf, 1, boost)
        for (let at = 0; at < field.rows.length; at++) {
          scores[field.rows[at]] += field.times && field.times[at] > 1 ? weight(idf, field.times[at], boost) : once
        }
      })
    })
    return scores
  }

  /* lunr's index of some rows only, put together from the postings of the query's own terms. */
  Engine.prototype.index = function (expanded, chosen) {
    const engine = this
    const lunr = global.lunr
    const inverted = Object.create(null)
    const vectors = Object.create(null)
    const terms = Array.from(new Set([].concat.apply([], expanded))).sort()
    terms.forEach(function (term, number) {
      const posting = engine.posting(term)
      const idf = engine.idf(posting)
      const entry = { _index: number }
      engine.fields.forEach(function (field, at) {
        const refs = entry[field.key] = {}
        const of = posting[at]
        if (!of) return
        of.rows.forEach(function (row, nth) {
          if (!chosen[row]) return
          const ref = field.key + '/' + row
          refs[row] = {}
          if (!vectors[ref]) vectors[ref] = new lunr.Vector()
          vectors[ref].insert(number, weight(idf, of.times ? of.times[nth] : 1, field.boost))
        })
      })
      inverted[term.replace(/\*/g, STAR)] = entry
    })
    const names = terms.map(function (term) { return term.replace(/\*/g, STAR) }).sort()
    return new lunr.Index({
      invertedIndex: inverted,
      fieldVectors: vectors,
      tokenSet: lunr.TokenSet.fromArray(names),
      fields: this.fields.map(function (field) { return field.key }),
      pipeline: new lunr.Pipeline()
    })
  }

  /* Rows in lunr's order, with its scores. `chosen`: the rows it may look at. */
  Engine.prototype.score = function (clauses, expanded, chosen) {
    const lunr = global.lunr
    return this.index(expanded, chosen).query(function (query) {
      clauses.forEach(function (clause) {
        query.term(clause.term.replace(/\*/g, STAR), {
          usePipeline: false,
          wildcard: clause.prefix ? lunr.Query.wildcard.TRAILING : lunr.Query.wildcard.NONE,
          presence: clause.required ? lunr.Query.presence.REQUIRED : lunr.Query.presence.OPTIONAL
        })
      })
    }).map(function (result) { return { row: Number(result.ref), score: result.score } })
  }

  /* Loads what `search` needs to answer at once. Gives the words to search for: of a long word that enough names hold, what tells
     just these names is enough; where some names hold it, other records are looked for without its most frequent pairs.
     `where`: "anywhere" if other records are wanted whatever names hold, "names" if only names are. `others`: how many other files
     the answer will ask for. */
  Engine.prototype.prepare = function (words, where, others) {
    const engine = this
    const long = where !== 'anywhere' && words.length === 1 && words[0].cover.length > 2 ? inNames(words[0]) : null
    if (!long) return load(words)
    return load([long]).then(function () {
      const enough = REQUESTS + 1 - words[0].cover.length - (others || 0) // with fewer, all shards and the cards of these names come to no more requests
      const held = engine.named(long).length
      if (held >= enough || where === 'names') return [long]
      return load(held ? [engine.lighter(words[0], long)] : words)
    })

    function load (wanted) {
      return engine.need(termsFor(wanted)).then(function () { return wanted })
    }
  }

  /* Whether all shards of some words are here, or those that tell which names hold a long one. */
  Engine.prototype.holds = function (words) {
    const engine = this
    function isHere (link) {
      const at = engine.shardOf(link[0])
      return at < 0 || engine.shards.has(engine.name(at))
    }
    return words.every(function (word) {
      return word.cover.every(isHere) || (words.length === 1 && word.cover.length > 2 && shortCover(word.text).every(isHere))
    })
  }

  /* All terms that a search for some words looks at. */
  function termsFor (words) {
    const terms = []
    words.concat({ cover: phraseOf(words), whole: [] }).forEach(function (word) {
      word.cover.forEach(function (link) { terms.push(link[0]) })
      word.whole.forEach(function (whole) { terms.push(whole) })
    })
    return terms
  }

  /* A word that is looked for in names only. */
  function inNames (word) {
    const chain = shortCover(word.text)
    return { text: word.text, cover: chain, chain: chain, whole: [], inNames: true }
  }

  /* A long word without the heavy shards: what a large part of all records hold narrows little, and what tells which names hold the
     word is here. */
  Engine.prototype.lighter = function (word, long) {
    const engine = this
    const here = new Set(long.cover.map(function (link) { return link[0] }))
    const light = word.cover.filter(function (link) { return here.has(link[0]) || !engine.heavy.has(engine.shardOf(link[0])) })
    return { text: word.text, cover: light, chain: long.chain, whole: word.whole }
  }

  /* The rows that hold a word in some name. */
  Engine.prototype.named = function (word) {
    const engine = this
    const rows = new Set()
    this.fields.forEach(function (field, at) {
      if (field.isName) engine.chained(word.chain, at).forEach(function (row) { rows.add(row) })
    })
    return Array.from(rows)
  }

  function clausesOf (words, all) {
    const clauses = new Map()
    words.forEach(function (word) {
      word.cover.forEach(function (link) { clauses.set(link[0], { term: link[0], required: all }) })
      word.whole.forEach(function (whole) { if (!clauses.has(whole)) clauses.set(whole, { term: whole, required: false }) })
    })
    return Array.from(clauses.values())
  }

  /* All rows that hold the words of `prepare`, the best first. `allowed[row]`: chosen by facets; `late[row]`: comes after its equals;
     `most`: so many are ranked by lunr, the others follow by what they would score. */
  Engine.prototype.search = function (words, allowed, late, most) {
    const clauses = clausesOf(words, true)
    const expanded = this.expand(clauses)
    const held = this.join(clauses, expanded)
    const tiers = this.tiers(words, phraseOf(words))
    if (words.length && words[0].inNames) for (let row = 0; row < held.length; row++) held[row] = tiers[row] ? 0 : 1
    const impacts = this.impacts(clauses, expanded)
    function rank (rows, scores) {
      return ordered(rows, function (row) {
        return (tiers[row] * 2 + (late ? late[row] : 0)) * MOST_SCORE - Math.round(Math.min(scores[row] * 1000, MOST_SCORE - 1))
      })
    }
    const found = []
    for (let row = 0; row < held.length; row++) if (held[row] && (!allowed || allowed[row])) found.push(row)
    const rows = rank(found, impacts)
    const first = rows.slice(0, most)
    const chosen = new Uint8Array(held.length)
    first.forEach(function (row) { chosen[row] = 1 })
    const scores = new Float64Array(held.length)
    this.score(clauses, expanded, chosen).forEach(function (result) { scores[result.row] = result.score })
    return { rows: rank(first, scores).concat(rows.slice(most)), held: held, tiers: tiers }
  }

  /* Rows in the order of a whole number each has, then of the rows themselves: numbers sort natively, a hundred times as fast as pairs. */
  function ordered (rows, keyOf) {
    const keys = Float64Array.from(rows, function (row) { return keyOf(row) * ROWS + row })
    return Array.from(keys.sort(), function (key) { return ((key % ROWS) + ROWS) % ROWS })
  }

  global.catalogEngine = {
    REQUESTS: REQUESTS, Engine: Engine, cut: cut, cover: cover, termsFor: termsFor, fold: fold, readDigits: readDigits, readSteps: readSteps, lower: lower, ordered: ordered,
    smallIndex: smallIndex
  }
})(typeof window === 'undefined' ? globalThis : window)
