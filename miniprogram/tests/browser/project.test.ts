// A project from the community's idea to the vote of those whom it is for, on four phones: proposed, published above, led by
// a unit, done in a step, voted about in large letters, accepted.
import { expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { ask, button, phone, pictures, settled, visit } from './people'
import { passSeconds } from './service'

const what = '给五号楼前的路装三盏灯'
const picture = pictures('project', false)
const tagged = (page: Page, word: string) => page.getByText(word, { exact: true }).first().waitFor()

test('what many people need is led by a unit, and accepted as they voted', async () => {
  const people = await Promise.all(['secretary', 'street', 'unit', 'resident-2'].map((p) => phone(p, { elder: p === 'resident-2' })))
  const [secretary, street, unit, resident] = people.map((p) => p.page) as [Page, Page, Page, Page]

  await visit(secretary, 'projects')
  await button(secretary, '提一个项目').click()
  await button(secretary, '提出来').click()
  await secretary.getByText('写个名字，比如：给楼道装灯。').waitFor()
  await secretary.getByLabel('叫什么').fill(what)
  await secretary.getByLabel('要做什么').fill('晚上从车站回来看不见台阶，上个月有人摔了。')
  await picture(secretary, 'propose')
  await button(secretary, '提出来').click()
  await tagged(secretary, '等社区看')
  const [made] = (await ask<{ items: { id: string }[] }>('secretary', 'projects?scope=mine')).items
  const project = `project?id=${made!.id}`

  await visit(street, project)
  await button(street, '通过，公开等单位来认').click()
  await tagged(street, '等单位来认')

  await visit(unit, 'projects')
  await unit.getByRole('link').filter({ hasText: what }).click()
  await button(unit, '我们单位来牵头').click()
  await tagged(unit, '有单位了')

  await visit(secretary, project)
  await button(secretary, '写几步，开始办').click()
  await secretary.getByLabel('第 1 步做什么').fill('买灯，通电，装好')
  await secretary.getByRole('radio', { name: '两周' }).click()
  await button(secretary, '写下这一步').click()
  expect(await secretary.getByLabel('第 2 步做什么').inputValue()).toBe('')
  await picture(secretary, 'steps')
  await button(secretary, '就这 1 步，开始办').click()
  await secretary.getByText('还没办好', { exact: true }).waitFor()

  await visit(unit, project)
  await button(unit, '这一步办好了').click()
  await unit.getByText('办好了', { exact: true }).waitFor()
  await button(unit, '都办好了，请居民看').click()
  await tagged(unit, '等居民看')

  await visit(secretary, project)
  await button(secretary, '请居民投票').click()
  await secretary.getByText('截止以前谁也看不到票数。', { exact: false }).waitFor()
  const { ballot } = await ask<{ ballot: { id: string } }>('secretary', `projects/${made!.id}`)
  await visit(resident, project)
  await picture(resident, 'vote')
  await resident.getByRole('button', { name: '认可', exact: true }).click()
  await resident.getByText('您投了：认可').waitFor()

  // Four have voted on paper, which two people enter one after the other: the first of one does so on the page.
  await visit(secretary, project)
  await button(secretary, '名单，记纸上的票').click()
  await button(secretary, /^记.+纸上的票$/).first().click()
  await picture(secretary, 'paper')
  await secretary.getByRole('button', { name: '认可', exact: true }).click()
  await secretary.getByText('记过一次，等第二个人').waitFor()
  const me = await ask<{ id: string }>('resident-2', 'me')
  const roll = (await ask<{ items: { userId: string; waits?: boolean }[] }>('secretary', `ballots/${ballot.id}/roll?limit=100`)).items
  const others = roll.filter((one) => one.userId !== me.id).slice(0, 4)
  for (const [i, { userId, waits }] of others.entries()) {
    const paper = { userId, choice: i < 3 ? 'yes' : 'no' }
    if (!waits) await ask('secretary', `ballots/${ballot.id}/papers`, paper)
    await ask('street', `ballots/${ballot.id}/papers`, paper)
  }

  await passSeconds(7 * 86400 + 3600)
  await expect.poll(async () => (await ask<{ ballot: { countedAt?: string } }>('secretary', `projects/${made!.id}`)).ballot.countedAt).toBeTruthy()
  await visit(secretary, project)
  await secretary.getByText('认可 4 人，不认可 1 人。').waitFor()
  await button(secretary, '按投票认可').click()
  await tagged(secretary, '居民认可')
  await resident.reload()
  await settled(resident)
  await tagged(resident, '居民认可')
  await picture(resident, 'accepted')
  expect(people.flatMap((p) => p.faults)).toEqual([])
})
