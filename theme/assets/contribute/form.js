/* The page 申报活动: a form, empty or filled from a draft, an existing record or a Word form; checked as the catalogue checks; and the
   file it makes. Nothing leaves the page but by a link that is clicked. */
(function () {
  'use strict'
  const form = window.catalogForm
  const files = window.catalogFiles
  const page = document.getElementById('filing')
  if (!page || !form || !files) return
  const sheet = page.querySelector('form')
  const summary = page.querySelector('.summary')
  const made = page.querySelector('.made')
  const society = document.getElementById('f-society')
  const slug = document.getElementById('f-slug')
  const asked = new URLSearchParams(location.search)
  const ID = /^(?:\d{4}|undated)\/[A-Za-z0-9-]+\/[a-z0-9-]+$/
  const PAUSE = 300
  const SHORT = 3 // characters of a title from which records like it are looked for
  // What belongs to one year's offer, not to the next.
  const NOT_AGAIN = ['period', 'sessions', 'filed', 'call', 'media', 'images', 'source', 'cancelled', 'renews']
  const bundles = new Map()
  let original = null // of a record that is being changed: {id, path, text, root, record}
  let tried = false // checked once: from now on what is mended is told at once
  let waiting = 0
  let turn = 0

  form.takeRecords = function (name, rows) { bundles.set(name, rows) }

  // -- records that are there already ----------------------------------------------------------------------------------

  /* The records of a society and year; none where there are none. */
  function recordsOf (year, id) {
    const one = form.known.societies.byId.get(id)
    const name = year + '/' + id
    if (!one || one.years.indexOf(year) < 0) return Promise.resolve([])
    return files.load('assets/contribute/records/' + name + '.js').then(function () { return bundles.get(name) || [] })
  }

  function recordOf (id) {
    const parts = id.split('/')
    return ID.test(id) ? recordsOf(parts[0], parts[1]).then(function (rows) { return rows.find(function (row) { return row[0] === id }) }) : Promise.resolve(undefined)
  }

  function readRecord (id, text) {
    const path = 'activities/' + id + '.yml'
    return files.load('assets/vendor/yaml.js').then(function () {
      const root = form.readFile(text)
      return { id: id, path: path, text: text, root: root, record: form.checkRecord({ path: path, root: root, text: text, lost: [] }, form.known).record }
    })
  }

  // -- where the file goes ---------------------------------------------------------------------------------------------

  function societyId () { return form.known.societies ? form.known.societies.find(society.value) : undefined }

  function yearOf (values) {
    const period = values.period || {}
    const days = [period.start, values.filed].filter(Boolean).map(form.readDay).filter(function (day) { return day.text })
    return days.length ? days[0].text.slice(0, 4) : 'undated'
  }

  function pathOf (values) {
    if (original) return original.path
    const name = form.strip(slug.value) || slug.placeholder || form.slugOf(values.title || '')
    return 'activities/' + yearOf(values) + '/' + (societyId() || '') + '/' + name + '.yml'
  }

  // -- checking --------------------------------------------------------------------------------------------------------

  /* All that is in the form, as {values, record, problems, path}. */
  function checked () {
    const values = form.collect(sheet)
    const path = pathOf(values)
    const root = form.nodesOf(values, '')
    const unseen = []
    const texts = []
    clean(root, unseen, texts)
    const result = form.checkRecord({ path: path, root: root, text: texts.join('\n'), lost: [] }, form.known)
    const problems = unseen.concat(result.problems)
    if (!original && !societyId()) {
      problems.unshift(society.value
        ? form.fault('unknown-society', { at: 'society' }, [society.value, nearestSociety()])
        : form.fault('missing-field', { at: 'society' }, ['学会（科协）', 'society', '']))
    }
    if (!original && slug.value && !form.whole(form.rules.path.slug).test(form.strip(slug.value))) {
      problems.push(form.fault('file-name', { at: 'slug' }, [slug.value, '小写字母、数字和短横线']))
    }
    return { values: values, record: result.record, problems: problems, path: path }
  }

  function nearestSociety () {
    return form.nearest(society.value, Array.from(form.known.societies.byId.values(), function (one) { return one.name }))
  }

  function clean (node, problems, texts) {
    if (node.items) node.items.forEach(function (one) { clean(one, problems, texts) })
    else if (node.map) node.map.forEach(function (pair) { clean(pair[1], problems, texts) })
    else {
      node.text = form.seen(node, problems)
      texts.push(node.text)
    }
  }

  function fieldOf (at) {
    let way = at || ''
    while (way && !form.where.has(way)) way = way.replace(/\.?[^.]*$/, '')
    return form.where.get(way) || sheet.querySelector('.field')
  }

  /* The field that can show what is wrong at a place: a row shows it at its list. */
  function showing (at) {
    const field = fieldOf(at)
    return field.classList.contains('field') ? field : field.closest('.field')
  }

  function show (problems) {
    const told = new Map()
    problems.forEach(function (problem) {
      const field = showing(problem.at)
      told.set(field, (told.get(field) || []).concat(problem))
    })
    sheet.querySelectorAll('.field').forEach(function (field) { form.tell(field, told.get(field) || []) })
  }

  /* What is wrong in one list on top, each a link to its field. */
  function sum (problems) {
    summary.textContent = ''
    summary.hidden = !problems.length
    if (!problems.length) return
    const heading = document.createElement('h3')
    const list = document.createElement('ul')
    heading.textContent = '还有 ' + problems.length + ' 处要改'
    problems.forEach(function (problem) {
      const item = document.createElement('li')
      const link = document.createElement('a')
      const field = showing(problem.at)
      const target = field.querySelector('input:not([type=hidden]), textarea, select, button')
      link.href = '#' + (target && target.id ? target.id : '')
      link.textContent = form.told(problem)
      link.addEventListener('click', function (event) {
        const fold = field.closest('details')
        event.preventDefault()
        if (fold) fold.open = true
        if (target) target.focus()
      })
      item.appendChild(link)
      list.appendChild(item)
    })
    summary.appendChild(heading)
    summary.appendChild(list)
  }

  function errorsOf (problems) { return problems.filter(function (problem) { return problem.level === 'error' }) }

  function check () {
    return form.open().then(function () {
      const result = checked()
      const errors = errorsOf(result.problems)
      tried = true
      show(result.problems)
      sum(errors)
      if (errors.length) {
        made.hidden = true
        summary.focus()
        return null
      }
      return freeName(result).then(function () { return original ? files.load('assets/vendor/yaml.js') : null }).then(function () { finish(result) })
    }).catch(function (fault) {
      summary.hidden = false
      summary.textContent = '有一份资料没有取到（' + fault.message + '），请检查网络，再点一次“检查”。'
      summary.focus()
    })
  }

  /* A name that no record of the same folder has. */
  function freeName (result) {
    if (original) return Promise.resolve()
    const parts = result.path.split('/')
    return recordsOf(parts[1], parts[2]).then(function (rows) {
      const base = parts[3].replace(/\.yml$/, '')
      const taken = new Set(rows.map(function (row) { return row[0].split('/')[2] }))
      let name = base
      for (let number = 2; taken.has(name); number++) name = base + '-' + number
      if (!slug.value) slug.placeholder = name
      result.path = parts.slice(0, 3).concat(name + '.yml').join('/')
    })
  }

  // -- the file --------------------------------------------------------------------------------------------------------

  function finish (result) {
    const text = form.textAfter(original, result.record, form.known)
    const file = { path: result.path, text: text, title: result.record.title, isNew: !original }
    const ways = form.waysOut(page.dataset, file)
    const reminders = result.problems.filter(function (problem) { return problem.level !== 'error' })
    made.querySelector('code').textContent = text
    made.querySelector('.where').textContent = original
      ? (text === original.text ? '没有改动。' : '改了 ' + changedLines(original.text, text) + ' 行，其余没有动。文件：' + file.path)
      : '文件放在：' + file.path
    const list = made.querySelector('.reminders')
    list.textContent = ''
    reminders.forEach(function (problem) {
      const item = document.createElement('li')
      item.textContent = '提醒：' + form.told(problem)
      list.appendChild(item)
    })
    for (const name of ['request', 'issue', 'mail']) {
      const link = made.querySelector('[data-out=' + name + ']')
      link.hidden = !ways[name]
      if (!ways[name]) continue
      link.href = ways[name].href
      link.textContent = ways[name].label
      if (ways[name].whole) link.removeAttribute('data-bare')
      else link.setAttribute('data-bare', '')
    }
    made.querySelector('.too-long').hidden = !Object.keys(ways).some(function (name) { return !ways[name].whole })
    const download = made.querySelector('[data-out=download]')
    if (download.href.startsWith('blob:')) URL.revokeObjectURL(download.href)
    download.href = URL.createObjectURL(new Blob([text], { type: 'text/yaml' }))
    download.download = file.path.split('/').pop()
    made.hidden = false
    made.focus()
  }

  /* A link that cannot carry the text along leaves it on the clipboard. */
  made.addEventListener('click', function (event) {
    const text = made.querySelector('code').textContent
    const button = event.target.closest('[data-out=copy]')
    if (button) copy(text, button)
    else if (event.target.closest('[data-bare]')) copy(text, null)
  })

  function changedLines (before, after) {
    const old = before.split('\n')
    const now = after.split('\n')
    let head = 0
    let tail = 0
    while (head < Math.min(old.length, now.length) && old[head] === now[head]) head += 1
    while (tail < Math.min(old.length, now.length) - head && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail += 1
    return Math.max(old.length, now.length) - head - tail
  }

  function copy (text, button) {
    function end (done) {
      if (!button) return
      button.textContent = done ? '已复制' : '没有复制成，请在下面选中再复制'
      setTimeout(function () { button.textContent = '复制' }, 3000)
    }
    function byHand () {
      const field = document.createElement('textarea')
      field.value = text
      field.className = 'unseen'
      document.body.appendChild(field)
      field.select()
      let done = false
      try { done = document.execCommand('copy') } catch { /* told to the reader */ }
      field.remove()
      end(done)
    }
    if (navigator.clipboard && window.isSecureContext) navigator.clipboard.writeText(text).then(function () { end(true) }, byHand)
    else byHand()
  }

  // -- drafts ----------------------------------------------------------------------------------------------------------

  function draftKey () { return 'catalog-draft:' + (asked.get('edit') || (asked.get('renew') ? 'renew ' + asked.get('renew') : 'new')) }

  /* Private numbers are not kept, not even here. */
  function withoutPrivate (value) {
    if (Array.isArray(value)) return value.map(withoutPrivate).filter(function (one) { return one !== '' })
    if (typeof value === 'object') {
      return Object.keys(value).reduce(function (kept, key) {
        const one = withoutPrivate(value[key])
        return one === '' ? kept : Object.assign(kept, { [key]: one })
      }, {})
    }
    return form.privateData(value) ? '' : value
  }

  function save () {
    try {
      const kept = withoutPrivate({ values: form.collect(sheet), society: society.value, slug: slug.value })
      localStorage.setItem(draftKey(), JSON.stringify(kept))
    } catch { /* no storage, or full: the form works all the same */ }
  }

  function draft () {
    try {
      return JSON.parse(localStorage.getItem(draftKey()))
    } catch {
      return null
    }
  }

  function restore () {
    const kept = draft()
    if (!kept || !kept.values) return false
    form.fill(sheet, kept.values)
    if (!original) {
      society.value = kept.society || ''
      slug.value = kept.slug || ''
    }
    const note = page.querySelector('.restored')
    note.querySelector('span').textContent = '接着上次没写完的往下写。草稿只存在您这台设备的浏览器里。'
    note.hidden = false
    return true
  }

  page.querySelector('[data-discard]').addEventListener('click', function () {
    try { localStorage.removeItem(draftKey()) } catch { /* there is none */ }
    location.reload()
  })

  // -- records like this one -------------------------------------------------------------------------------------------

  function similar () {
    const title = document.getElementById('f-title')
    const mine = ++turn
    if (original || form.strip(title.value).length <= SHORT || !society.value) return draw([])
    form.open().then(function () {
      const id = societyId()
      const values = form.collect(sheet)
      const year = yearOf(values)
      const years = id ? form.known.societies.byId.get(id).years : []
      return Promise.all(years.map(function (one) { return recordsOf(one, id) })).then(function (groups) {
        if (mine !== turn) return
        const regions = [].concat.apply([], (values.regions || []).map(form.known.places.find))
        draw([].concat.apply([], groups.map(function (rows, at) {
          const others = rows.map(function (row) { return { id: row[0], title: row[1], regions: row[2], renews: row[3] } })
          const draftOf = { id: '', title: values.title || '', regions: regions, renews: values.renews || '' }
          return form.nearDuplicates(draftOf, others).map(function (one) { return { one: one, now: years[at] === year } })
        })))
      })
    }).catch(function () { draw([]) })
  }

  function draw (alike) {
    const field = document.getElementById('f-title').closest('.field')
    let list = field.querySelector('.alike')
    if (!list) {
      list = document.createElement('div')
      list.className = 'alike'
      list.setAttribute('role', 'status')
      field.appendChild(list)
    }
    list.textContent = ''
    alike.slice(0, 3).forEach(function (like) {
      const line = document.createElement('p')
      line.textContent = form.duplicateFault(like.one, { at: 'title' }).message + '。' + (like.now ? '已有这条，是否更新它？' : '往年办过的，是否今年再办？') + ' '
      for (const way of [['edit', '打开它来改'], ['renew', '今年再办']]) {
        const link = document.createElement('a')
        link.href = '?' + way[0] + '=' + encodeURIComponent(like.one.id)
        link.textContent = way[1]
        line.appendChild(link)
        line.appendChild(document.createTextNode(' '))
      }
      list.appendChild(line)
    })
  }

  // -- a filled Word form ----------------------------------------------------------------------------------------------

  document.getElementById('word-file').addEventListener('change', function (event) {
    const file = event.target.files[0]
    const told = page.querySelector('.understood')
    event.target.value = ''
    if (!file) return
    if (file.size > 10 * 1024 * 1024) return say(told, ['这个文件太大，没有读。'])
    Promise.all([file.arrayBuffer(), form.open(), files.load('assets/vendor/fflate.js')]).then(function (ready) {
      const forms = form.readDocument(new Uint8Array(ready[0]))
      if (forms.length === 1) return take(told, file.name, forms[0])
      say(told, ['“' + form.shown(file.name) + '”里有 ' + forms.length + ' 项活动，一次填一项，请选：'])
      forms.forEach(function (one) {
        const button = document.createElement('button')
        button.type = 'button'
        button.className = 'btn'
        button.textContent = form.shown(one.values.title || '（没有名称）')
        button.addEventListener('click', function () { take(told, file.name, one) })
        told.appendChild(button)
      })
    }).catch(function (fault) { say(told, [fault.words || '这个文件打不开，没有读。']) })
  })

  function say (told, lines) {
    told.textContent = ''
    told.hidden = false
    lines.forEach(function (line) {
      const paragraph = document.createElement('p')
      paragraph.textContent = line
      told.appendChild(paragraph)
    })
  }

  /* Fills one form of a document in, and says what was understood. */
  function take (told, name, read) {
    const left = form.fill(sheet, read.values)
    const id = form.known.societies.find(read.meta.society || '')
    const keys = Object.keys(read.values)
    const labels = form.rules.tables[form.rules.record].lines.filter(function (line) { return keys.indexOf(line.key) >= 0 }).map(function (line) { return line.label })
    if (!original && read.meta.society) society.value = id ? form.known.societies.name(id) : read.meta.society
    say(told, ['从“' + form.shown(name) + '”读到 ' + labels.length + ' 项：' + labels.join('、') + '。请往下核对，再点“检查”。']
      .concat(left.length ? ['没有看懂、要您自己选的：' + left.map(form.shown).join('、') + '。'] : [])
      .concat(read.left.length ? ['表里有 ' + read.left.length + ' 格本页没有对应的项，没有读入：' + read.left.map(function (pair) { return form.shown(pair[1]) }).join('、') + '。'] : []))
    save()
    similar()
    if (tried) live()
  }

  // -- opening ---------------------------------------------------------------------------------------------------------

  function live () { form.open().then(function () { show(checked().problems) }) }

  function changed () {
    made.hidden = true // it says what was in the form before
    clearTimeout(waiting)
    waiting = setTimeout(function () {
      save()
      if (tried) live()
      similar()
    }, PAUSE)
  }

  function openRecord (id, again) {
    const note = page.querySelector('.editing')
    note.hidden = false
    note.textContent = '正在打开 ' + id + ' ……'
    return form.open().then(function () { return recordOf(id) }).then(function (row) {
      if (!row) {
        note.textContent = '没有找到“' + form.shown(id) + '”这条记录，请从活动的页面再点一次；或者在下面新填一份。'
        return null
      }
      return readRecord(id, row[4]).then(function (record) {
        const values = form.stated(form.rules.record, record.record, form.known)
        society.value = form.known.societies.name(id.split('/')[1])
        if (again) {
          NOT_AGAIN.forEach(function (key) { delete values[key] })
          values.renews = id
          note.textContent = '今年再办“' + record.record.title + '”：请填今年的时间，其余的核对一遍。'
        } else {
          original = record
          society.disabled = true
          slug.disabled = true
          note.textContent = '正在改“' + record.record.title + '”（' + id + '）。只有您改动的那几行会变。'
        }
        form.fill(sheet, values)
      })
    })
  }

  sheet.addEventListener('submit', function (event) {
    event.preventDefault()
    check()
  })
  sheet.addEventListener('input', changed)
  sheet.addEventListener('change', changed)
  sheet.addEventListener('focusin', function () { form.open().catch(function () { /* told when it is checked */ }) }, { once: true })
  form.watch(sheet)
  const opening = asked.get('edit') ? openRecord(asked.get('edit'), false) : asked.get('renew') ? openRecord(asked.get('renew'), true) : Promise.resolve()
  opening.then(restore, function () {
    page.querySelector('.editing').textContent = '这条记录没有取到，请检查网络，刷新再试。'
  }).then(function () { page.setAttribute('data-ready', '') })
})()
