// A brand that is due, on three phones: residents are asked, one votes in large letters, four on paper; it is renewed.
import { expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { ask, button, phone, pictures, settled, visit } from '../people'
import { passSeconds } from '../service'

const picture = pictures('brand', false)

test('a brand that is due is renewed as residents vote', async () => {
  const people = await Promise.all(['secretary', 'unit', 'resident-2'].map((p) => phone(p, { elder: p === 'resident-2' })))
  const [secretary, unit, resident] = people.map((p) => p.page) as [Page, Page, Page]

  await visit(secretary, 'brands')
  await secretary.getByRole('link').filter({ hasText: '五民工程' }).click()
  await secretary.getByText('该续了', { exact: true }).waitFor()
  const { items } = await ask<{ items: { id: string; name: string; dueAt: string }[] }>('secretary', 'brands?scope=public')
  const { id, dueAt } = items.find((b) => b.name === '五民工程')!
  await button(secretary, '请居民投票').click()
  await secretary.getByText('截止以前谁也看不到票数。', { exact: false }).waitFor()

  await visit(unit, `brand?id=${id}`)
  await unit.getByText('居民在投票', { exact: true }).waitFor()
  expect(await unit.getByRole('button', { name: '认可', exact: true }).count()).toBe(0)

  await visit(resident, `brand?id=${id}`)
  await picture(resident, 'vote')
  await resident.getByRole('button', { name: '认可', exact: true }).click()
  await resident.getByText('您投了：认可').waitFor()
  const { ballot } = await ask<{ ballot: { id: string } }>('secretary', `brands/${id}`)
  const me = await ask<{ id: string }>('resident-2', 'me')
  const roll = (await ask<{ items: { userId: string }[] }>('secretary', `ballots/${ballot.id}/roll?limit=100`)).items
  for (const { userId } of roll.filter((one) => one.userId !== me.id).slice(0, 4)) {
    for (const persona of ['secretary', 'street']) await ask(persona, `ballots/${ballot.id}/papers`, { userId, choice: 'yes' })
  }

  await passSeconds(7 * 86400 + 3600)
  await expect.poll(async () => (await ask<{ ballot: { countedAt?: string } }>('secretary', `brands/${id}`)).ballot.countedAt).toBeTruthy()
  await visit(secretary, `brand?id=${id}`)
  await button(secretary, '按投票再续一年').click()
  await secretary.getByText('在办', { exact: true }).first().waitFor()
  await secretary.getByText('居民投票：认可 5 人，不认可 0 人，再续一年。').waitFor()
  await picture(secretary, 'renewed')
  const renewed = (await ask<{ brand: { dueAt: string } }>('secretary', `brands/${id}`)).brand
  expect(Date.parse(renewed.dueAt) - Date.parse(dueAt)).toBeGreaterThan(364 * 86400000)
  await resident.reload()
  await settled(resident)
  await resident.getByText('居民投票：认可 5 人，不认可 0 人，再续一年。').waitFor()
  expect(people.flatMap((p) => p.faults)).toEqual([])
})
