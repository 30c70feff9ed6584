/* Columns in, choices and counts out. No page: counts follow the other choices, choices within a facet add up. */
(function (global) {
  'use strict'
  const NATIONAL = '100000'
  const engine = global.catalogEngine

  /* One facet: `sets[ranks[row]]` are the places of a row's values among `ids`. */
  function Facet (column, count) {
    this.key = column.key
    this.label = column.label
    this.page = column.page || ''
    this.ids = column.terms.map(function (term) { return term[0] })
    this.names = column.terms.map(function (term) { return term[1] })
    this.chosen = new Set()
    this.numbers = column.numbers ? engine.readDigits(column.numbers, this.ids.length) : []
    if (column.sets) {
      this.sets = column.sets
      this.ranks = Uint16Array.from(engine.readDigits(column.data, count))
    } else this.readBits(engine.readDigits(column.bits, count, 64))
    this.national = this.key === 'regions' ? this.ids.indexOf(NATIONAL) : -1
  }

  Facet.prototype.readBits = function (values) {
    const seen = new Map()
    this.sets = []
    this.ranks = new Uint16Array(values.length)
    for (let row = 0; row < values.length; row++) {
      let rank = seen.get(values[row])
      if (rank === undefined) {
        rank = this.sets.length
        seen.set(values[row], rank)
        const set = []
        for (let rest = values[row], at = 0; rest; at++, rest = Math.floor(rest / 2)) if (rest % 2) set.push(at)
        this.sets.push(set)
      }
      this.ranks[row] = rank
    }
  }

  Facet.prototype.name = function (id) {
    return this.names[this.ids.indexOf(id)]
  }

  /* How many of the counted rows have each value. `numbers[rank]`: rows counted by their set. */
  Facet.prototype.counts = function (numbers) {
    const counts = new Int32Array(this.ids.length)
    let everywhere = 0
    for (let rank = 0; rank < this.sets.length; rank++) {
      const set = this.sets[rank]
      const isEverywhere = set.indexOf(this.national) >= 0
      if (isEverywhere) everywhere += numbers[rank]
      for (const at of set) if (!isEverywhere || at === this.national) counts[at] += numbers[rank]
    }
    if (this.national >= 0) for (let at = 0; at < counts.length; at++) if (at !== this.national) counts[at] += everywhere
    return counts
  }

  /* All facets of a catalogue. `counties`: by region the rows that name each county, once they are loaded. */
  function Facets (columns, count) {
    this.count = count
    this.list = columns.facets.map(function (column) { return new Facet(column, count) })
    this.past = engine.readDigits(columns.past, count)
    this.states = columns.states
    this.pages = (columns.pages || []).map(function (page) { return { kind: '说明', name: page[0], href: page[1], parts: page.slice(0, 1).concat(page[2]) } })
    this.counties = new Map()
    this.near = new Map() // by region: the societies' points for being near, of any county and of some
  }

  /* What bears a text and is no activity: the terms that have pages of their own, and the pages written by hand. */
  Facets.prototype.bearing = function (text) {
    const wanted = engine.fold(text)
    function bears (name) { return engine.fold(name).indexOf(wanted) >= 0 }
    return [].concat.apply([], this.list.map(function (facet) {
      return facet.ids.map(function (id, at) {
        return { kind: facet.label, name: facet.names[at], href: facet.page.replace('*', id) }
      }).filter(function (entry, at) { return entry.href && at !== facet.national && bears(entry.name) })
    })).concat(this.pages.filter(function (page) { return page.parts.some(bears) }))
  }

  Facets.prototype.get = function (key) {
    return this.list.find(function (facet) { return facet.key === key })
  }

  /* The rows that have the terms of some numbers, and how often those terms hold what is searched; for the engine. */
  Facets.prototype.spread = function (numbers, times) {
    const often = new Map()
    for (let at = 0; at < numbers.length; at++) often.set(numbers[at], times ? times[at] : 1)
    const sums = new Uint32Array(this.count)
    this.list.forEach(function (facet) {
      const worth = Array.from(facet.numbers, function (number) { return often.get(number) || 0 })
      if (!worth.some(Boolean)) return
      const ofSet = facet.sets.map(function (set) { return set.reduce(function (sum, at) { return sum + worth[at] }, 0) })
      for (let row = 0; row < sums.length; row++) sums[row] += ofSet[facet.ranks[row]]
    })
    const rows = []
    for (let row = 0; row < sums.length; row++) if (sums[row]) rows.push(row)
    return { rows: Int32Array.from(rows), times: Int32Array.from(rows, function (row) { return sums[row] }) }
  }

  /* The region that a county lies in. */
  Facets.prototype.regionOf = function (code) {
    const whole = code.slice(0, 2) + '0000'
    return this.get('regions').ids.indexOf(whole) >= 0 && !/^(65|66)90/.test(code) ? whole : 'XPCC'
  }

  /* Rows that name a place, once its region's counties are loaded. */
  Facets.prototype.naming = function (region, place) {
    const named = this.counties.get(region)
    return named && named.has(place) ? named.get(place).rows : []
  }

  /* Rows that name a county, if the text is a part of its name. */
  Facets.prototype.namedAs = function (code, text) {
    const named = this.counties.get(this.regionOf(code))
    const county = named && named.get(code)
    return county && engine.fold(county.name).indexOf(engine.fold(text)) >= 0 ? county.rows : []
  }

  /* The day each row begins, counted from 1900; 0 where it is not stated (columns: days_script). */
  Facets.prototype.days = function (text, added) {
    const facet = this.get('year')
    const first = facet.ids.map(function (year) { return /^\d+$/.test(year) ? (Date.UTC(year, 0, 1) - Date.UTC(1900, 0, 1)) / 864e5 : 0 })
    return engine.readDigits(text, this.count).map(function (day, row) {
      return day ? day - 1 - added + first[facet.sets[facet.ranks[row]][0]] : 0
    })
  }

  /* Rows of a county: those that name it, its whole region, or the country. */
  Facets.prototype.rowsOfCounty = function (code) {
    const region = this.regionOf(code)
    const rows = new Uint8Array(this.count)
    this.naming(region, code).concat(this.naming(region, region)).forEach(function (row) { rows[row] = 1 })
    const facet = this.get('regions')
    for (let row = 0; row < rows.length; row++) if (facet.sets[facet.ranks[row]].indexOf(facet.national) >= 0) rows[row] = 1
    return rows
  }

  /* For each row how many facets refuse it, and the only one that does. `read`: rows that a condition read from the query allows,
     by facet key. */
  Facets.prototype.judge = function (read) {
    const facets = this
    const fails = new Uint8Array(this.count)
    const only = new Uint8Array(this.count).fill(255)
    this.list.forEach(function (facet, number) {
      const chosen = facet.chosen.size ? facets.rowsOf(facet.key, Array.from(facet.chosen)) : null
      const asked = read[facet.key]
      if (!chosen && !asked) return
      for (let row = 0; row < fails.length; row++) {
        if ((!chosen || chosen[row]) && (!asked || asked[row])) continue
        fails[row]++
        only[row] = number
      }
    })
    return { fails: fails, only: only }
  }

  /* Counts of every facet's values among the rows that the text and all other facets allow. `held`: rows of the text, or null. */
  Facets.prototype.countAll = function (judged, held) {
    const counted = this.list.map(function (facet) { return new Int32Array(facet.sets.length) })
    for (let row = 0; row < this.count; row++) {
      if (held && !held[row]) continue
      if (judged.fails[row] === 0) for (let at = 0; at < this.list.length; at++) counted[at][this.list[at].ranks[row]]++
      else if (judged.fails[row] === 1) counted[judged.only[row]][this.list[judged.only[row]].ranks[row]]++
    }
    return this.list.map(function (facet, at) { return facet.counts(counted[at]) })
  }

  /* Rows that have one of some values of a facet; what goes everywhere goes to every place. */
  Facets.prototype.rowsOf = function (key, values) {
    const facet = this.get(key)
    const rows = new Uint8Array(this.count)
    const wanted = new Set(values)
    const isPlace = key === 'regions'
    const passes = facet.sets.map(function (set) {
      return set.some(function (at) { return wanted.has(facet.ids[at]) || (isPlace && at === facet.national) })
    })
    for (let row = 0; row < rows.length; row++) rows[row] = passes[facet.ranks[row]] ? 1 : 0
    if (isPlace) {
      const facets = this
      values.filter(function (id) { return facet.ids.indexOf(id) < 0 }).forEach(function (code) {
        facets.rowsOfCounty(code).forEach(function (yes, row) { if (yes) rows[row] = 1 })
      })
    }
    return rows
  }

  global.catalogFacets = { Facets: Facets, NATIONAL: NATIONAL }
})(typeof window === 'undefined' ? globalThis : window)
