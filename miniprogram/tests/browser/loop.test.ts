// The whole loop by hand, in three browsers at once.
import { expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { approvals, ask, button, idleMember, idleResident, ownPhone, phone, send, settled, visit } from './people'


const title = '想要一个装在床边的扶手'

async function agreeTo(secretary: Page, kind: RegExp): Promise<void> {
  await visit(secretary, 'home')
  await approvals(secretary, kind)
  await secretary.getByRole('checkbox', { name: '选中：' + title }).or(secretary.getByRole('link', { name: '先看：' + title })).click()
  const [publish, agree] = [button(secretary, '核实过了，公布'), button(secretary, '同意 1 项')]
  await publish.or(agree).first().waitFor() // a wish is opened before it is published
  if (await publish.isVisible()) {
    await publish.click()
    await secretary.getByText('公布了，等党员认领。').waitFor()
  } else {
    await agree.click()
    await secretary.getByText('办好了 1 项。').waitFor()
  }
}

async function toWish(page: Page): Promise<void> {
  await visit(page, 'home')
  await visit(page, 'claims')
  await page.getByText(title).first().click()
}

async function deliver(member: Page, note: string): Promise<void> {
  await button(member, '办好了，去登记').click()
  await button(member, /^请.*确认$/).click()
  await member.getByText('写一句办了什么，居民看了才好答复。').waitFor()
  await member.getByLabel('办了什么').fill(note)
  await button(member, /^请.*确认$/).click()
}

async function toConfirm(resident: Page): Promise<void> {
  await visit(resident, 'mine')
  await visit(resident, 'home')
  await resident.getByText('请您确认：' + title).click()
}

test('a wish from posting to the resident\'s word', async () => {
  const asker = await idleResident()
  await send(asker, 'DELETE', 'me/contact')
  const a = await phone(asker)
  const b = await ownPhone(await idleMember())
  const c = await phone('secretary')
  const [resident, member, secretary] = [a.page, b.page, c.page]

  // posting: six taps besides typing; a draft survives closing
  await visit(resident, 'home')
  await button(resident, '许个心愿').click()
  await resident.getByText('物品需求', { exact: true }).click()
  await button(resident, '下一步').click()
  await resident.getByText('用一句话说说您想要什么', { exact: false }).waitFor()
  await resident.getByLabel('一句话说清').fill(title)
  await resident.getByLabel('再说几句').fill('夜里起身没有地方抓，周末在家。')
  await resident.reload()
  await settled(resident)
  expect(await resident.getByLabel('一句话说清').inputValue()).toBe(title)
  await button(resident, '下一步').click()
  await resident.getByLabel('怎么称呼').fill('刘秀兰')
  await resident.getByLabel('电话', { exact: true }).fill('123')
  await resident.getByLabel('住址', { exact: true }).fill('茂山新村 3 栋 2 单元 101')
  await button(resident, '下一步').click()
  await resident.getByText('请写 11 位手机号', { exact: false }).waitFor()
  await resident.getByText('同意的话，请在方框里打勾', { exact: false }).waitFor()
  await resident.getByLabel('电话', { exact: true }).fill('13800001234')
  await resident.getByRole('checkbox', { name: '同意把电话、住址给来帮忙的人看' }).click()
  await button(resident, '下一步').click()
  await resident.getByText('看一看，对不对').waitFor()
  await button(resident, '交给社区').click()
  await resident.getByText('收到了。', { exact: false }).waitFor()

  await agreeTo(secretary, /^心愿/)

  // claiming names what is promised; contact stays hidden until the community agrees
  await visit(member, 'hall')
  await member.getByLabel('找心愿').fill('床边的扶手')
  await member.getByText(title).first().click()
  await button(member, '我来认领').click()
  await member.getByText('认领了就是答应：').waitFor()
  await button(member, '答应，我来圆').click()
  await member.getByText('等社区同意', { exact: true }).waitFor()
  expect(await member.getByText('13800001234').count()).toBe(0)
  await agreeTo(secretary, /^认领/)
  await toWish(member)
  await button(member, '查看姓名、电话、地址').click()
  await member.getByText('13800001234').waitFor()

  await deliver(member, '周六上午装好了，试过很稳。')
  await member.getByText('等居民确认', { exact: true }).waitFor()

  // not yet, then done
  await toConfirm(resident)
  await button(resident, '还没办好').click()
  await button(resident, '请他们接着办').click()
  await resident.getByText('写一句还差什么', { exact: false }).waitFor()
  await resident.getByLabel('还差什么').fill('有一颗螺丝还松着')
  await button(resident, '请他们接着办').click()
  await resident.getByText('有一颗螺丝还松着').first().waitFor()
  await toWish(member)
  await button(member, '办好了，去登记').click()
  await member.getByLabel('办了什么').fill('螺丝拧紧了。')
  // without a network the delivery waits, and is sent once when it is back
  const sent: string[] = []
  member.on('request', (r) => r.url().endsWith('/delivery') && sent.push(r.headers()['idempotency-key'] ?? ''))
  await b.context.setOffline(true)
  await button(member, /^请.*确认$/).click()
  await member.getByText('您的登记还没有送出').waitFor()
  await b.context.setOffline(false)
  await member.getByText('等居民确认', { exact: true }).waitFor()
  expect(new Set(sent).size).toBe(1)

  await toConfirm(resident)
  await resident.getByRole('button', { name: '办好了', exact: true }).click()
  await resident.getByRole('radio', { name: '5 星' }).click()
  await resident.getByText('办得又快又好，谢谢！').click()
  await button(resident, '谢谢他们').click()
  await button(resident, '看这件心愿').click()
  await resident.getByText('已圆心愿').first().waitFor()
  await resident.getByText('谁看过我的联系方式').click()
  await resident.getByText('您的姓名、电话、住址，每看一次记一次', { exact: false }).waitFor()
  await visit(member, 'points')
  await member.getByText(title, { exact: false }).first().waitFor()

  expect([...a.faults, ...b.faults, ...c.faults]).toEqual([])
})

interface Me { displayName: string; membership?: { unitId: string } }

/** Another of the demo's members, of the same unit and the only one of that name there. */
async function colleagueOf(member: string): Promise<{ persona: string; name: string }> {
  const names = (await ask<{ items: Me[] }>(member, 'colleagues')).items.map((c) => c.displayName)
  const { unitId } = (await ask<Me>(member, 'me')).membership!
  for (let n = 2; ; n++) {
    if ('member-' + n === member) continue
    const me = await ask<Me>('member-' + n, 'me')
    const single = names.filter((n) => n === me.displayName).length === 1
    if (single && me.membership?.unitId === unitId) return { persona: 'member-' + n, name: me.displayName }
  }
}

test('two colleagues claim a wish together', async () => {
  const claimant = await idleMember()
  const a = await phone(claimant)
  const { persona, name } = await colleagueOf(claimant)
  const b = await phone(persona)
  await visit(a.page, 'hall')
  await a.page.getByRole('link', { name: /第 .* 号/ }).first().click()
  await button(a.page, '我来认领').click()
  await button(a.page, '约同事一起').click()
  await a.page.getByRole('checkbox').filter({ hasText: name }).click()
  await button(a.page, '答应，我来圆').click()
  await a.page.getByText(`和 ${name} 一起（还没有答应）`).waitFor()
  await visit(b.page, a.page.url().split('/').pop()!)
  await button(b.page, '答应一起去').click()
  await b.page.getByText(`和 ${name} 一起`, { exact: true }).waitFor()
  expect([...a.faults, ...b.faults]).toEqual([])
})

test('who comes second is thanked, and shown what is much the same', async () => {
  const a = await phone(await idleMember())
  const b = await phone(await idleMember())
  await visit(a.page, 'hall')
  await a.page.getByRole('link', { name: /第 .* 号/ }).last().click()
  await button(a.page, '我来认领').click()
  await a.page.getByText('认领了就是答应：').waitFor()
  await visit(b.page, a.page.url().split('/').pop()!)
  await button(a.page, '答应，我来圆').click()
  await a.page.getByText('等社区同意', { exact: true }).waitFor()
  await button(b.page, '答应，我来圆').click()
  await b.page.getByText('刚刚有人先认领了').waitFor()
  expect(await b.page.getByText(/失败|错误/).count()).toBe(0)
  await button(b.page, '看看别的心愿').click()
  await b.page.getByLabel('找心愿').waitFor()
  expect([...a.faults, ...b.faults]).toEqual([])
})
