// What staff do: many at once, with reasons; on behalf of who has no phone; a deputy for some days.
import { expect, test } from 'vitest'
import type { Locator } from 'playwright-core'
import { approvals, ask, button, idleMember, phone, settled, visit } from '../people'
import { submitted } from '../world'


const status = async (wish: string) => (await ask<{ wish: { status: string } }>('secretary', 'wishes/' + wish)).wish.status

test('many are agreed to at once, and refused at once with a reason ready to pick', async () => {
  const titles = ['想要一个暖瓶', '想要一个脸盆', '想要一条毛巾', '想要一把梳子']
  const ids: string[] = []
  for (const title of titles) ids.push(await submitted(title))
  const { page, close, faults } = await phone('secretary')
  await approvals(page, /^心愿/)
  const box = (title: string) => page.getByRole('checkbox', { name: '选中：' + title })
  for (const title of titles) { // a wish is ticked after it was opened
    await page.getByRole('link', { name: '先看：' + title }).click()
    await page.waitForURL(/wish\?/)
    await settled(page)
    await button(page, '返回').last().click()
    await box(title).waitFor()
  }
  for (const title of titles.slice(0, 2)) await box(title).click()
  await button(page, '同意 2 项').click()
  await button(page, '撤回刚才的决定').click()
  for (const title of titles.slice(0, 2)) await box(title).click()
  expect(await Promise.all(ids.slice(0, 2).map(status))).toEqual(['submitted', 'submitted'])
  await button(page, '同意 2 项').click()
  await page.getByText('同意了 2 项').waitFor()
  for (const title of titles.slice(2)) await box(title).click()
  await button(page, '不同意').click()
  await button(page, '2 件都不同意，告诉他们').click()
  await page.getByText('请选一条理由').waitFor()
  await page.getByText('请补上住址，好上门。').click()
  await button(page, '2 件都不同意，告诉他们').click()
  await page.getByRole('checkbox', { name: '选中：' + titles[2] }).waitFor({ state: 'detached' })
  await settled(page)
  expect(await Promise.all(ids.map(status))).toEqual(['open', 'open', 'rejected', 'rejected'])
  expect(faults).toEqual([])
  await close()
})

test('a wish on behalf names the consent, and the answer is asked and written down', async () => {
  const grid = await phone('grid')
  const page = grid.page
  await visit(page, 'post?behalf=1')
  await page.getByText('物品需求', { exact: true }).click()
  await page.getByLabel('一句话说清').fill('想要一个坐便椅')
  await page.getByLabel('再说几句').fill('腿脚不好，平时都在家。')
  await button(page, '下一步').click()
  await page.getByLabel('怎么称呼').fill('赵桂英')
  await page.getByLabel('电话', { exact: true }).fill('13800004321')
  await page.getByLabel('住址', { exact: true }).fill('茂山新村 6 栋 1 单元 101')
  await button(page, '下一步').click()
  await page.getByText('请先问过居民').first().waitFor()
  await page.getByText('请写什么时候问的').waitFor()
  await page.getByText('当面或电话里同意').click()
  await page.getByLabel('怎么问的').fill('上午在家里问的，女儿在场。')
  await button(page, '本人没有电话').click()
  await button(page, '下一步').click()
  await page.getByText('请写打过去找谁').waitFor()
  await page.getByLabel('谁接这个电话').fill('对门的小吴')
  await button(page, '下一步').click()
  await button(page, '交给社区').click()
  await page.getByText('收到了。').waitFor()
  const id = /id=(\d+)/.exec(page.url())![1]!

  const member = await idleMember()
  await ask('secretary', `wishes/${id}/review`, { decision: 'publish' })
  const claim = await ask<{ id: string }>(member, `wishes/${id}/claims`, {})
  await ask('secretary', `claims/${claim.id}/review`, { decision: 'approve' })
  await ask(member, `claims/${claim.id}/delivery`, { note: '送到家里，试过了。' })
  const asked = await phone('street') // who agreed to the claim does not record what the resident says
  await visit(asked.page, 'wish?id=' + id)
  await button(asked.page, '问过居民了，记下答复').click()
  await settled(asked.page)
  await button(asked.page, '查看姓名、电话、地址').click()
  await asked.page.getByText('打过去找对门的小吴，请对方转告', { exact: false }).waitFor()
  await button(asked.page, '居民说办好了').click()
  await asked.page.getByText('请选是怎样问的。').waitFor()
  await asked.page.getByText('上门问的').click()
  await asked.page.getByLabel('居民怎么说').fill('下午去看了，老人说正合适。')
  await button(asked.page, '居民说办好了').click()
  await asked.page.getByText(/等我处理|还要再问一遍/).first().waitFor()
  const recorded = await ask<{ claim: { askedAgain?: boolean } }>('street', 'claims/' + claim.id)
  if (recorded.claim.askedAgain) { // one in ten is drawn: another person asks once more
    await ask('county', `claims/${claim.id}/confirmation`, { accepted: true, onBehalf: { how: 'phone', note: '又问过，说正合适。' } })
  }
  expect(await status(id)).toBe('fulfilled')
  expect([...grid.faults, ...asked.faults]).toEqual([])
  await Promise.all([grid.close(), asked.close()])
})

test('all of one kind is chosen with one tap, and nothing that has to be looked at', async () => {
  const member = await idleMember()
  const claim = async (title: string, category: string) => {
    const wish = await submitted(title, 'resident-2', { category })
    await ask('secretary', `wishes/${wish}/review`, { decision: 'publish' })
    await ask(member, `wishes/${wish}/claims`, {})
  }
  await claim('想请人修收音机', 'repair')
  await claim('想请人陪着看病', 'health')
  await submitted('想要一个热水袋')
  const { page, close, faults } = await phone('secretary')
  await visit(page, 'approvals')
  await button(page, /^全选认领|^全选报到|^全选核实时长/).click()
  await page.getByRole('radio', { name: /^认领|^报到|^核实时长/, checked: true }).waitFor()
  await settled(page)
  expect((await page.locator('.box.on').first().boundingBox())!.y, 'what is chosen is on the screen').toBeLessThan(700)
  const kinds = new Set(await page.locator('.card.matter:has(.box.on) .head').allInnerTexts().then((all) => all.map((t) => (/认领/.test(t) ? 'claim' : /报到/.test(t) ? 'membership' : 'service'))))
  expect(kinds.size).toBe(1)
  expect(await page.getByRole('checkbox', { name: '选中：想请人陪着看病' }).count()).toBe(0)
  expect(await page.getByRole('checkbox', { name: '选中：想要一个热水袋', checked: true }).count()).toBe(0)
  expect(faults).toEqual([])
  await close()
})

test('five matters stand on a screen, in two lines each', async () => {
  for (let i = 0; i < 5; i++) await submitted(`想要一个小板凳，家里来人好坐，第 ${i} 个`)
  const { page, close } = await phone('secretary')
  await visit(page, 'approvals')
  const whole = await page.locator('.card.matter').evaluateAll((cards) => {
    const foot = document.querySelector('.xy .bar')!.getBoundingClientRect().top
    return cards.filter((c) => c.getBoundingClientRect().bottom <= foot).length
  })
  expect(whole).toBeGreaterThanOrEqual(5)
  await close()
})

test('forty matters are gone through with under sixty taps, each whole on the screen', async () => {
  const ids: string[] = []
  for (let i = 0; i < 40; i++) ids.push(await submitted(`想要一袋大米，第 ${i + 1} 户`, i % 2 ? 'resident' : 'resident-2'))
  const { page, close, faults } = await phone('secretary')
  let taps = 0
  const tap = async (what: Locator) => {
    taps++
    await what.click()
  }
  await visit(page, 'home')
  await tap(page.getByText(/件要先办|件事等您处理/).first())
  await page.waitForURL(/approvals/)
  await settled(page)
  await tap(page.getByRole('radio', { name: /^心愿 \d+/ }))
  await settled(page)
  await tap(button(page, '一件一件办'))
  await page.waitForURL(/walk/)
  await settled(page)
  const left = page.getByText(/^还有 \d+ 件$/).last()
  const count = async () => Number(/\d+/.exec(await left.innerText())![0])
  const decided = new Set<string>()
  for (let n = await count(); n > 0 && !ids.every((id) => decided.has(id)); n--) {
    const title = (await page.locator('.display:visible').last().innerText()).trim()
    await tap(button(page, '核实过了，公布').last())
    const k = /第 (\d+) 户/.exec(title)
    if (k) decided.add(ids[Number(k[1]) - 1]!)
    if (n > 1) await page.getByText(`还有 ${n - 1} 件`, { exact: true }).last().waitFor()
  }
  expect(decided.size).toBe(40)
  console.log(`forty decided with ${taps} taps`)
  expect(taps).toBeLessThan(60)
  await button(page, '返回').last().click() // what could be taken back is sent now
  await page.waitForURL(/approvals/)
  await settled(page)
  await expect.poll(async () => (await Promise.all(ids.map(status))).filter((s) => s === 'open').length, { timeout: 60000 }).toBe(40)
  const { counts } = await ask<{ counts: { kind: string; count: number }[] }>('secretary', 'approvals')
  const wishes = page.getByRole('radio', { name: /^心愿 \d+/ }).last()
  await expect.poll(() => wishes.innerText(), { message: 'what was decided waits no longer', timeout: 60000 }).toBe(`心愿 ${counts.find((c) => c.kind === 'wish')!.count}`)
  expect(faults).toEqual([])
  await close()
})

test('what is opened from the walk and decided there leads back to it, which says what was done', async () => {
  const title = '想请人教我用血糖仪'
  const id = await submitted(title, 'resident', { category: 'health' })
  const { page, close, faults } = await phone('secretary')
  await visit(page, 'walk?kind=wish')
  const shown = page.locator('.display:visible').last()
  while ((await shown.innerText()).trim() !== title) await button(page, '先放着').last().click()
  const at = async (name: string) => (await button(page, name).last().boundingBox())!.y
  const before = await at('先放着')
  await button(page, '打开看').last().click()
  await page.waitForURL(/wish\/wish/)
  await settled(page)
  await button(page, '核实过了，公布').last().click()
  await page.waitForURL(/walk/)
  await page.getByText('公布了，等党员认领。').last().waitFor()
  await settled(page)
  expect(await status(id)).toBe('open')
  if (await button(page, '先放着').count()) expect(await at('先放着'), 'the buttons stay under the thumb').toBe(before)
  expect(faults).toEqual([])
  await close()
})

test('a kind that is done says what is left, and leads there', async () => {
  const { page, close, faults } = await phone('street')
  await visit(page, 'approvals')
  const kinds = page.getByRole('radio', { name: /^(心愿|认领|报到|争议|回访|投诉建议|核实时长|时长异议) \d+$/ })
  expect(await kinds.count()).toBeGreaterThan(0)
  await page.route(/approvals\?.*kind=/, async (route) => { // the last of the kind is decided elsewhere
    const answer = await (await route.fetch()).json() as { items: object[]; counts: { kind: string; count: number }[] }
    const kind = new URL(route.request().url()).searchParams.get('kind')
    const counts = [...answer.counts.filter((c) => c.kind !== kind), { kind: 'objection', count: 2, late: 0 }]
    await route.fulfill({ json: { ...answer, items: [], counts } })
  })
  await kinds.first().click()
  await page.getByText(/办完了$/).first().waitFor()
  expect(await page.getByText('都办完了').count()).toBe(0)
  await button(page, /^去办时长异议，\d+ 件/).waitFor()
  expect(faults).toEqual([])
  await close()
})

test('a call back says whom and about what, and takes that nobody answered', async () => {
  const me = await ask<{ homeNodeId: string }>('grid', 'me')
  const contact = { name: '孙玉珍', phone: '13800007777', address: '茂山新村 2 栋 1 单元 301' }
  const { id } = await ask<{ id: string }>('grid', 'wishes', {
    nodeId: me.homeNodeId, category: 'goods', title: '想要一个助行器', description: '腿脚不好，走路要扶墙。', contact,
    onBehalf: { consent: 'oral', note: '在家里问的。' },
  })
  await ask('secretary', `wishes/${id}/review`, { decision: 'publish' })
  const member = await idleMember()
  const claim = await ask<{ id: string }>(member, `wishes/${id}/claims`, {})
  await ask('secretary', `claims/${claim.id}/review`, { decision: 'approve' })
  await ask(member, `claims/${claim.id}/delivery`, { note: '送到家里，试过了。' })
  const { page, close, faults } = await phone('street')
  await visit(page, 'confirm?asked=1&id=' + claim.id)
  await page.getByText('孙*珍').first().waitFor()
  await page.getByText('腿脚不好，走路要扶墙。').waitFor()
  await button(page, '查看姓名、电话、地址').click()
  await button(page, '打电话').waitFor()
  await button(page, '没人接，下次再问').click()
  await page.waitForURL(/approvals/)
  await visit(page, 'confirm?asked=1&id=' + claim.id)
  await page.getByText(/问过 1 次没有人接，上次是今天/).waitFor()
  expect(await status(id)).toBe('taken')
  expect(faults).toEqual([])
  await close()
})

test('the street finds a person by the number on their phone, gives a second secretary, and ends it', async () => {
  const member = await idleMember()
  const theirs = await phone(member)
  await visit(theirs.page, 'number')
  const number = (await theirs.page.locator('.display.num').innerText()).replace(/\D/g, '')
  expect(number).toHaveLength(8)
  const name = (await ask<{ displayName: string }>(member, 'me')).displayName
  const { page, close, faults } = await phone('street')
  await visit(page, 'staff')
  await page.getByRole('radio', { name: /^茂山社区/ }).click()
  await page.getByText(/只有.*一个人能定/).waitFor()
  await button(page, '加一个人').click()
  await page.getByLabel('对方的号码').fill(number)
  await page.getByText(name).first().waitFor()
  await page.getByRole('radio', { name: /^书记/ }).click()
  await button(page, `请${name}当书记`).click()
  await page.getByText(/只有.*一个人能定/).waitFor({ state: 'detached' })
  await button(page, `结束${name}的书记`).click()
  await settled(page)
  await page.getByText('岗位加错了人。').click()
  await button(page, '结束这个岗位').click()
  await page.getByText(/只有.*一个人能定/).waitFor()
  expect([...faults, ...theirs.faults]).toEqual([])
  await Promise.all([close(), theirs.close()])
})

test('a deputy decides for a span of days, until the secretary is back', async () => {
  const { page, close, faults } = await phone('secretary')
  await visit(page, 'deputy')
  await button(page, '替我办').click()
  await page.getByText('请选一位同事。').waitFor()
  for (const who of await page.locator('.choice').allInnerTexts()) expect(who).toMatch(/书记|网格长|网格员/)
  const name = (await page.locator('.choice').first().innerText()).split('\n')[0]!
  await page.locator('.choice').first().click()
  await page.getByRole('radio', { name: '7 天' }).click()
  await button(page, '替我办').click()
  await page.getByText('正在替您办').waitFor()
  expect(await page.locator('.card').first().innerText()).toContain(name.slice(0, 2))
  await button(page, '我回来了，收回委托').click()
  await page.getByRole('radio', { name: '7 天' }).waitFor()
  expect(faults).toEqual([])
  await close()
})
