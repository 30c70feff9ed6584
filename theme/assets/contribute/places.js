/* Places and societies as people write them in, codes out: the same steps as generator/model/places.py. */
(function (global) {
  'use strict'
  const form = global.catalogForm
  const NATIONAL = '100000'
  const NATIONAL_WORDS = ['全国', '全国各地', '全国范围', '不限地区', NATIONAL]
  const MUNICIPALITIES = ['110000', '120000', '310000', '500000']

  function short (name) {
    const ending = ['自治县', '自治旗', '县', '市', '区', '旗'].find(function (end) {
      return name.endsWith(end) && name.length - end.length >= 2
    })
    return ending ? name.slice(0, -ending.length) : name
  }

  function isDirect (county) { return MUNICIPALITIES.indexOf(county.region) >= 0 || county.city.indexOf('直辖县级') >= 0 }

  /* Every spelling once; `regions` and `counties` as places_data in table.py writes them. */
  form.placesOf = function (regions, counties) {
    const words = new Map()
    const byRegion = new Map()
    const byCode = new Map()
    const full = new Map()
    const twice = new Map()
    let city = ''
    let home = ''

    function say (code, spelling) {
      if (!spelling) return
      const codes = words.get(spelling)
      if (!codes) words.set(spelling, [code])
      else if (codes.indexOf(code) < 0) codes.push(code)
    }

    regions.forEach(function (row) {
      const region = { id: row[0], name: row[1], short: row[2], initials: row[4] }
      byRegion.set(region.id, region)
      row.slice(0, 4).forEach(function (spelling) { say(region.id, spelling) })
    })
    NATIONAL_WORDS.forEach(function (word) { say(NATIONAL, word) })
    const taken = new Set(words.keys())
    counties.forEach(function (row) {
      if (row.length > 3) {
        city = row[3]
        home = row[4]
      }
      byCode.set(row[0], { code: row[0], name: row[1], initials: row[2], city: city, region: home })
      twice.set(home + row[1], (twice.get(home + row[1]) || 0) + 1)
    })
    byCode.forEach(function (county) {
      const region = byRegion.get(county.region)
      const own = isDirect(county) ? '' : county.city
      const told = twice.get(county.region + county.name) > 1 && own !== region.name ? own : ''
      full.set(county.code, region.name + told + county.name)
      const fronts = new Set(['', region.name, region.short, own, own.replace(/市$/, ''), region.name + own, region.short + own])
      fronts.forEach(function (front) {
        new Set([county.name, short(county.name)]).forEach(function (name) {
          if (!taken.has(front + name)) say(county.code, front + name)
        })
      })
      say(county.code, county.code)
    })

    const places = { regions: byRegion, counties: byCode }
    places.find = function (word) {
      word = form.squeezed(word)
      return words.get(word) || words.get(form.fold(word).toUpperCase()) || []
    }
    places.name = function (code) {
      if (code === NATIONAL) return '全国'
      return byRegion.has(code) ? byRegion.get(code).name : full.get(code)
    }
    places.regionNamedIn = function (word) {
      const found = Array.from(byRegion.values()).find(function (region) { return word.startsWith(region.name) || word.startsWith(region.short) })
      return found ? found.id : null
    }
    places.nearest = function (word) {
      const region = places.regionNamedIn(word)
      const names = Array.from(byRegion.values(), function (one) { return one.name })
      byCode.forEach(function (county) { if (!region || county.region === region) names.push(full.get(county.code)) })
      return form.nearest(word, names)
    }
    /* City and county spelled out, for a choice between places of one name. */
    places.whole = function (code) {
      const county = byCode.get(code)
      return county ? byRegion.get(county.region).name + (isDirect(county) ? '' : county.city) + county.name : places.name(code)
    }
    return places
  }

  /* Societies from rows of id, name, initials, years and other names. */
  form.societiesOf = function (rows) {
    const spellings = new Map()
    const byId = new Map()
    function say (spelling, id) { if (!spellings.has(form.fold(spelling))) spellings.set(form.fold(spelling), id) }
    rows.forEach(function (row) {
      byId.set(row[0], { id: row[0], name: row[1], initials: row[2], years: row[3], aliases: row.slice(4) })
      say(row[0], row[0])
      say(row[1], row[0])
    })
    rows.forEach(function (row) { row.slice(4).forEach(function (alias) { say(alias, row[0]) }) })
    return {
      byId: byId,
      find: function (word) { return spellings.get(form.fold(word)) },
      name: function (id) { return byId.has(id) ? byId.get(id).name : id }
    }
  }

  form.vocabulariesOf = function (lists) {
    const made = {}
    Object.keys(lists).forEach(function (id) {
      const words = new Map()
      const names = new Map()
      const spelled = new Map()
      function say (word, term) { if (!words.has(form.fold(word))) words.set(form.fold(word), term) }
      lists[id].forEach(function (term) {
        say(term[0], term[0])
        say(term[1], term[0])
        names.set(term[0], term[1])
      })
      lists[id].forEach(function (term) {
        term.slice(2).forEach(function (alias) { say(alias, term[0]) })
        term.slice(1).forEach(function (word) { spelled.set(word, term[1]) })
      })
      made[id] = {
        names: Array.from(names.values()),
        name: function (term) { return names.get(term) },
        find: function (word) { return words.get(word) || words.get(form.fold(word)) },
        nearest: function (word) {
          const found = form.nearest(word, Array.from(spelled.keys()))
          return found === null ? null : spelled.get(found)
        }
      }
    })
    return made
  }
})(typeof window === 'undefined' ? globalThis : window)
