/* The form's controls in, plain values out (texts, lists, groups, as they would stand in a file), and back. Knows the markup of
   theme/parts/form.html and nothing of any one field. */
(function () {
  'use strict'
  const form = window.catalogForm
  const WORD_FIELDS = ':scope > .field'

  function all (element, selector) { return Array.from(element.querySelectorAll(selector)) }
  function keyOf (field) { return field.dataset.field.split('.').pop() }
  function box (field) { return field.querySelector('input:not([type=hidden]), textarea, select') }
  function isEmpty (value) { return value === '' || (typeof value === 'object' && !Object.keys(value).length) }
  function rowsOf (field) { return all(field, ':scope > .rows > .row') }

  /* Where each value of the last reading came from: by its way, the field it stands in. */
  form.where = new Map()

  // -- reading ---------------------------------------------------------------------------------------------------------

  const READ = {
    society: function () { return '' }, // these two say where the file goes, not what stands in it
    slug: function () { return '' },
    radios: function (field) {
      const chosen = field.querySelector('input:checked')
      return chosen ? chosen.value : ''
    },
    checks: function (field) {
      return all(field, 'input:checked').sort(function (one, other) { return one.dataset.turn - other.dataset.turn }).map(function (one) { return one.value })
    },
    tokens: function (field) {
      const typed = form.strip(box(field).value)
      return all(field, '.tokens li').map(function (one) { return one.dataset.value }).concat(typed || [])
    },
    group: function (field, at) { return readFields(field, at) },
    groups: function (field, at) { return readRows(field, at, readFields) },
    rows: function (field, at) {
      return readRows(field, at, function (row) { return box(row).value })
    }
  }

  function readRows (field, at, read) {
    return rowsOf(field).reduce(function (values, row) {
      const way = at + '.' + values.length
      const value = read(row, way)
      if (isEmpty(value)) return values
      form.where.set(way, field.dataset.control === 'rows' ? row.querySelector('.field') : row)
      return values.concat([value])
    }, [])
  }

  function readFields (element, at) {
    const values = {}
    all(element, WORD_FIELDS).forEach(function (field) {
      const way = (at ? at + '.' : '') + keyOf(field)
      const value = (READ[field.dataset.control] || function () { return box(field).value })(field, way)
      form.where.set(way, field)
      if (!isEmpty(value)) values[keyOf(field)] = value
    })
    return values
  }

  /* All that is filled in, by key. */
  form.collect = function (element) {
    form.where = new Map()
    return all(element, 'section, details').reduce(function (values, part) { return Object.assign(values, readFields(part, '')) }, {})
  }

  /* Plain values as nodes, for checking; each says where it stands. */
  form.nodesOf = function (value, at) {
    const place = { line: 1, column: 1, at: at }
    if (Array.isArray(value)) return Object.assign({ items: value.map(function (one, number) { return form.nodesOf(one, at + '.' + number) }) }, place)
    if (typeof value === 'object') {
      return Object.assign({ map: Object.keys(value).map(function (key) {
        const way = (at ? at + '.' : '') + key
        return [{ text: key, line: 1, column: 1, at: way }, form.nodesOf(value[key], way)]
      }) }, place)
    }
    return Object.assign({ text: String(value) }, place)
  }

  // -- filling in ------------------------------------------------------------------------------------------------------

  /* A row more in a list; gives the row. */
  form.addRow = function (field) {
    const row = field.querySelector(':scope > template').content.firstElementChild.cloneNode(true)
    const number = field.dataset.next = String(Number(field.dataset.next || 0) + 1)
    const start = field.dataset.field + '.'
    all(row, '*').forEach(function (element) {
      for (const name of ['id', 'name', 'for', 'data-field', 'aria-describedby']) {
        const value = element.getAttribute(name)
        if (value) element.setAttribute(name, value.split(start + '#').join(start + number))
      }
    })
    field.querySelector(':scope > .rows').appendChild(row)
    form.prepare(row)
    return row
  }

  form.addToken = function (field, value) {
    const list = field.querySelector('.tokens')
    if (!value || all(list, 'li').some(function (one) { return one.dataset.value === value })) return
    const item = document.createElement('li')
    const remove = document.createElement('button')
    item.dataset.value = value
    item.textContent = value
    remove.type = 'button'
    remove.textContent = '×'
    remove.setAttribute('aria-label', '去掉“' + value + '”')
    remove.addEventListener('click', function () {
      item.remove()
      box(field).focus()
      field.dispatchEvent(new Event('change', { bubbles: true }))
    })
    item.appendChild(remove)
    list.appendChild(item)
  }

  const FILL = {
    radios: function (field, value) { return tick(field, value === undefined ? [''] : [value]) },
    checks: function (field, value) { return tick(field, [].concat(value === undefined ? [] : value)) },
    tokens: function (field, value) {
      field.querySelector('.tokens').textContent = ''
      box(field).value = ''
      ;[].concat(value === undefined ? [] : value).forEach(function (one) { form.addToken(field, one) })
    },
    select: function (field, value) {
      const select = box(field)
      select.value = value === undefined ? '' : value
      return value !== undefined && select.value !== value ? [value] : []
    },
    group: function (field, value) { return fillFields(field, typeof value === 'object' ? value : {}) },
    groups: function (field, value) { return fillRows(field, value, fillFields) },
    rows: function (field, value) {
      return fillRows(field, value, function (row, one) { box(row).value = one })
    }
  }

  /* Ticks what is named; gives the names there is nothing to tick for. */
  function tick (field, values) {
    const boxes = all(field, 'input')
    boxes.forEach(function (one) {
      one.checked = values.indexOf(one.value) >= 0
      one.dataset.turn = String(values.indexOf(one.value))
    })
    return values.filter(function (value) { return value && !boxes.some(function (one) { return one.value === value }) })
  }

  function fillRows (field, value, fill) {
    field.querySelector(':scope > .rows').textContent = ''
    return [].concat(value === undefined ? [] : value).reduce(function (left, one) { return left.concat(fill(form.addRow(field), one) || []) }, [])
  }

  function fillFields (element, values) {
    return all(element, WORD_FIELDS).reduce(function (left, field) {
      const value = values[keyOf(field)]
      const fill = FILL[field.dataset.control]
      if (fill) return left.concat(fill(field, value) || [])
      if (field.dataset.control === 'society' || field.dataset.control === 'slug') return left
      box(field).value = value === undefined ? '' : String(value)
      count(box(field))
      return left
    }, [])
  }

  /* Puts values into the form, all others out of it; gives the words that have no place in it. */
  form.fill = function (element, values) {
    return all(element, 'section, details').reduce(function (left, part) {
      const more = fillFields(part, values)
      if (part.tagName === 'DETAILS' && all(part, WORD_FIELDS).some(function (field) { return values[keyOf(field)] !== undefined })) part.open = true
      return left.concat(more)
    }, [])
  }

  // -- the controls themselves -----------------------------------------------------------------------------------------

  function count (input) {
    const field = input.closest('.field')
    const line = field && field.querySelector(':scope > .count')
    if (!line) return
    const length = form.length(form.strip(input.value))
    line.textContent = length + ' / ' + input.dataset.most
    line.classList.toggle('over', length > Number(input.dataset.most))
  }

  /* A place that is not one place is told at once, in the words of the check. */
  function told (field, text) {
    const reader = new form.Reader(form.known)
    form.types.PlaceCode({}, { text: text, line: 1, column: 1 }, reader, '')
    form.tell(field, reader.problems)
  }

  /* Readies what stands in an element: suggestions, counters. */
  form.prepare = function (element) {
    all(element, 'input[data-suggest]').forEach(function (input) {
      const field = input.closest('.field')
      form.suggest(input, function (value, chosen) {
        const several = field.dataset.control === 'tokens'
        if (!value) return
        if (!chosen && input.dataset.suggest === 'places') {
          const codes = form.known.places ? form.known.places.find(value) : []
          told(field, value)
          if (codes.length !== 1) return
          value = form.known.places.name(codes[0])
        } else form.tell(field, [])
        if (several) {
          form.addToken(field, value)
          input.value = ''
        } else input.value = value
        field.dispatchEvent(new Event('change', { bubbles: true }))
      })
    })
  }

  /* Says what is wrong at a field, or that nothing is. A cure that speaks of lines in a file is for those who write files. */
  const OF_FILES = ['missing-field', 'advised-field']
  form.told = function (problem) { return problem.message + (OF_FILES.indexOf(problem.code) >= 0 ? '。' : '，' + problem.cure) }
  form.tell = function (field, problems) {
    const line = field.querySelector(':scope > .wrong')
    if (!line) return
    line.textContent = problems.map(form.told).join(' ')
    line.hidden = !problems.length
    const bad = problems.some(function (problem) { return problem.level === 'error' })
    const inputs = /radios|checks|group/.test(field.dataset.control) ? [] : all(field, 'input, textarea, select')
    inputs.forEach(function (input) { input.setAttribute('aria-invalid', String(bad)) })
    field.classList.toggle('refused', bad)
    line.classList.toggle('mild', !bad)
  }

  form.watch = function (element) {
    let turn = 1000 // what is ticked first comes first, behind what was filled in
    form.prepare(element)
    element.addEventListener('change', function (event) { if (event.target.type === 'checkbox') event.target.dataset.turn = String(turn++) })
    element.addEventListener('input', function (event) { if (event.target.dataset.most) count(event.target) })
    element.addEventListener('click', function (event) {
      const button = event.target.closest('button')
      const field = button && button.closest('[data-many]')
      if (!button || !field) return
      if (button.hasAttribute('data-add') && rowsOf(field).length < Number(field.dataset.many)) box(form.addRow(field)).focus()
      if (button.hasAttribute('data-remove')) {
        button.closest('.row').remove()
        field.querySelector(':scope > [data-add]').focus()
        field.dispatchEvent(new Event('change', { bubbles: true }))
      }
    })
  }
})()
