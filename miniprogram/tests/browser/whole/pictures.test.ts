// Pictures: chosen, refused, kept in the draft, hidden until the community has published them, shown beside the deed.
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { Page } from 'playwright-core'
import { approvals, ask, button, idleMember, idleResident, ownPhone, phone, pictures, send, settled, visit } from '../people'
import { stripes } from '../picture'
import { pass, sameDay } from '../service'

const title = '想给楼道口装一个小坡道'
const stairs = '擦三单元的楼道扶手'
const picture = (name = 'IMG_0001.png') => ({ name, mimeType: 'image/png', buffer: stripes() })

/** A file of 11 MB: what is in it would take seconds on its way to the browser. */
async function huge(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'xinyuan-huge-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const file = path.join(folder, 'huge.png')
  await writeFile(file, '')
  await truncate(file, 11 * 2 ** 20)
  return file
}

async function choose(page: Page, ...files: (string | { name: string; mimeType: string; buffer: Buffer })[]): Promise<void> {
  const asked = page.waitForEvent('filechooser')
  await button(page, '从相册选').click()
  const chooser = await asked
  await chooser.setFiles(files as string[])
}
const chosen = (page: Page) => page.getByRole('button', { name: /^去掉第 \d 张$/ })
const shown = (page: Page) => page.getByRole('button', { name: /^看大图/ })
const keep = pictures('pictures')

/** Waits until all pictures of the page are there, which they are only with an address that opens. */
async function loaded(page: Page, count: number): Promise<void> {
  await expect.poll(() => shown(page).count()).toBe(count)
  await expect.poll(() => page.evaluate(() =>
    [...document.querySelectorAll<HTMLImageElement>('.pictures img')].filter((i) => i.naturalWidth > 0).length)).toBe(count)
}

interface Wishes { items: { id: string; title: string }[] }

test('a wish with a picture, and the deed with another', async () => {
  const asker = await idleResident()
  await send(asker, 'DELETE', 'me/contact')
  const a = await ownPhone(asker)
  const b = await phone(await idleMember())
  const c = await phone('secretary')
  const [resident, member, secretary] = [a.page, b.page, c.page]

  await visit(resident, 'post')
  await resident.getByText('物品需求', { exact: true }).click()
  await resident.getByLabel('一句话说清').fill(title)
  await resident.getByLabel('再说几句').fill('轮椅上不去台阶，想要一块能放平的板。')

  // what is no picture gets its sentence, and nothing is lost
  await button(resident, '从相册选').click() // the first time it asks for the agreement
  const [first] = await Promise.all([resident.waitForEvent('filechooser'), button(resident, '同意，接着用').click()])
  await first.setFiles([])
  await choose(resident, { name: 'letter.png', mimeType: 'image/png', buffer: Buffer.from('我不是照片') })
  await resident.getByText('这个文件不是照片', { exact: false }).waitFor()
  await choose(resident, await huge())
  await resident.getByText('有一张图片超过 10 MB', { exact: false }).waitFor()
  expect(await chosen(resident).count()).toBe(0)

  // without a network it waits at its place
  await a.context.setOffline(true)
  await choose(resident, picture())
  await resident.getByText('没传上去', { exact: true }).waitFor()
  await button(resident, '下一步').click()
  await resident.getByText('有图片没有传上去', { exact: false }).waitFor()
  await keep(resident, 'failed')
  await a.context.setOffline(false)
  await button(resident, '没传上去，再传一次').click()
  await expect.poll(() => chosen(resident).count()).toBe(1)

  // at most three; the draft has them when it is opened again
  await choose(resident, picture('2.png'), picture('3.png'), picture('4.png'))
  await expect.poll(() => chosen(resident).count()).toBe(3)
  expect(await button(resident, '从相册选').count()).toBe(0)
  await button(resident, '去掉第 2 张').click()
  await keep(resident, 'chosen')
  await resident.reload()
  await settled(resident)
  await expect.poll(() => chosen(resident).count()).toBe(2)
  await button(resident, '下一步').click()
  await resident.getByLabel('怎么称呼').fill('刘秀兰')
  await resident.getByLabel('电话', { exact: true }).fill('13800001234')
  await resident.getByLabel('住址', { exact: true }).fill('茂山新村 3 栋 2 单元 101')
  await resident.getByRole('checkbox', { name: '同意把电话、住址给来帮忙的人看' }).click()
  await button(resident, '下一步').click()
  await resident.getByText('看一看，对不对').waitFor()
  await loaded(resident, 2)
  await button(resident, '交给社区').click()
  await resident.getByText('收到了。', { exact: false }).waitFor()
  await loaded(resident, 2)

  // the secretary sees them before anybody else
  const { items } = await ask<Wishes>('secretary', 'wishes?status=submitted&limit=100&nodeId=' + (await home()))
  const id = items.find((w) => w.title === title)!.id
  await visit(member, 'wish?id=' + id)
  await member.getByText('这件事已经不在了', { exact: true }).waitFor()
  await approvals(secretary, /^心愿/)
  await secretary.locator('.card.matter').filter({ hasText: title }).getByLabel('2 张图').waitFor()
  await keep(secretary, 'approvals')
  await visit(secretary, 'wish?id=' + id)
  await loaded(secretary, 2)
  await shown(secretary).first().click() // large, and back
  await secretary.locator('uni-swiper').waitFor()
  await secretary.locator('uni-swiper').click()
  await button(secretary, '核实过了，公布').click()
  await secretary.getByText('等党员认领', { exact: false }).first().waitFor()

  await visit(member, 'home')
  await visit(member, 'wish?id=' + id)
  await loaded(member, 2)
  await keep(member, 'published')
  await deed(member, resident, secretary, id)
  expect([...a.faults, ...b.faults, ...c.faults].filter((f) => !/ERR_INTERNET/.test(f))).toEqual([])
})

test('a report of one\'s own service with pictures, which the secretary sees and confirms', async () => {
  await sameDay(60)
  const a = await phone('resident')
  const c = await phone('secretary')
  const [resident, secretary] = [a.page, c.page]
  await visit(resident, 'selfreport')
  await button(resident, '现在才开始做，给我计时').click()

  // a picture while the clock runs, and one more before it is sent; the draft has both when it is opened again
  await button(resident, '从相册选').click()
  const [first] = await Promise.all([resident.waitForEvent('filechooser'), button(resident, '同意，接着用').click()])
  await first.setFiles([picture('before.png')])
  await expect.poll(() => chosen(resident).count()).toBe(1)
  await keep(resident, 'timer')
  await pass(30)
  await resident.reload()
  await settled(resident)
  await button(resident, '做完了，停下来').click()
  await choose(resident, picture('after.png'))
  await expect.poll(() => chosen(resident).count()).toBe(2)
  await resident.getByLabel('做了什么').fill(stairs)
  await resident.getByLabel('怎么做的').fill('三单元从六楼扫到一楼，扶手也擦了。')
  await resident.reload()
  await settled(resident)
  await expect.poll(() => chosen(resident).count()).toBe(2)
  await keep(resident, 'selfreport')
  await button(resident, '请社区确认').click()
  await resident.getByText('报上去了', { exact: false }).waitFor()
  await loaded(resident, 2)
  await keep(resident, 'record')

  await approvals(secretary, /核实时长/)
  const row = secretary.locator('.card').filter({ hasText: stairs })
  await row.getByLabel('2 张图').waitFor()
  await row.getByRole('link').click()
  await loaded(secretary, 2)
  await keep(secretary, 'servicecheck')
  await shown(secretary).first().click() // large, and back
  await secretary.locator('uni-swiper').waitFor()
  await secretary.locator('uni-swiper').click()
  await button(secretary, /^同意记 \d+ 分钟$/).click()
  await secretary.getByText('已记入', { exact: true }).waitFor()
  await loaded(secretary, 2)

  await resident.reload()
  await settled(resident)
  await resident.getByText('已记入', { exact: true }).waitFor()
  await loaded(resident, 2)
  expect([...a.faults, ...c.faults]).toEqual([])
})

const home = async () => (await ask<{ homeNodeId: string }>('secretary', 'me')).homeNodeId

/** The member claims and delivers with a picture, which the resident sees beside the question. */
async function deed(member: Page, resident: Page, secretary: Page, id: string): Promise<void> {
  await button(member, '我来认领').click()
  await button(member, '答应，我来圆').click()
  await member.getByText('等社区同意', { exact: true }).waitFor()
  await visit(secretary, 'home')
  await visit(secretary, 'wish?id=' + id)
  await button(secretary, '同意认领').click()
  await secretary.getByText('同意认领，可以联系许愿人了', { exact: false }).waitFor()
  await visit(member, 'home')
  await visit(member, 'wish?id=' + id)
  await button(member, '办好了，去登记').click()
  await member.getByLabel('办了什么').fill('铺好了，推着轮椅试过。')
  await button(member, '从相册选').click()
  await button(member, '不同意，回去').click() // without agreeing, nothing is chosen and nothing is lost
  expect(await member.getByLabel('办了什么').inputValue()).toBe('铺好了，推着轮椅试过。')
  await button(member, '从相册选').click()
  const [album] = await Promise.all([member.waitForEvent('filechooser'), button(member, '同意，接着用').click()])
  await album.setFiles([picture('done.png')])
  await expect.poll(() => chosen(member).count()).toBe(1)
  await keep(member, 'deliver')
  await button(member, /^请.*确认$/).click()
  await loaded(member, 3)
  await visit(resident, 'home')
  await visit(resident, 'wish?id=' + id)
  await button(resident, '说说办得怎么样').click()
  await loaded(resident, 1)
  await keep(resident, 'confirm')
}
