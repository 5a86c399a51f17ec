// What a page offers to do is what the server says that its reader may do: a role only chooses a place, a way or a word.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const src = path.resolve(__dirname, '../../src')
const shown = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((f) => /^(pages|components)\/.*\.vue$/.test(f))
const text = (f: string) => readFileSync(path.join(src, f), 'utf8')

/** Who looks at a role, at which, and for what: none of it lets anybody do anything. */
const allowed: Record<string, [uses: string, why: string]> = {
  'pages/agreement/agree.vue': ['secretary', 'which community it is'],
  'pages/agreement/agreements.vue': ['secretary', 'which community it is, and whether a way leads to writing one'],
  'pages/agreement/cobuilding.vue': ['liaison', 'which unit it is'],
  'pages/brand/brands.vue': ['secretary', 'which community it is, and whether a way leads to proposing one'],
  'pages/brand/newbrand.vue': ['secretary', 'which community it is, and whether it is proposed for that or for a unit'],
  'pages/project/projects.vue': ['secretary', 'which community it is, what it begins with, and whether a way leads to proposing one'],
  'pages/project/propose.vue': ['secretary', 'which community it is, and whether it is proposed for that or for a unit'],
  'components/approval/ApprovalRow.vue': ['secretary', 'whose one place needs no name'],
  'components/wish/WishBar.vue': ['member records', 'why a wish is not claimed, where mayClaim says no'],
  'pages/approval/approvals.vue': ['decidesFor', 'where the records wait that rows tell more about'],
  'pages/approval/walk.vue': ['secretary', 'whose one place needs no name'],
  'pages/certificate/certificate.vue': ['member', 'whose name is known already'],
  'pages/certificate/issued.vue': ['secretary', 'whose one place needs no name'],
  'pages/certificate/unit.vue': ['liaison', 'which unit it is'],
  'pages/claim/confirm.vue': ['secretary', 'who is asked for no reason'],
  'pages/home/home.vue': ['decides liaison member records secretary', 'which ways lead from home'],
  'pages/hours/recorders.vue': ['decidesFor', 'which place it is'],
  'pages/me/mine.vue': ['decides liaison member records secretary', 'which ways lead from here'],
  'pages/me/phonemessages.vue': ['records', 'whether there is a digest for them'],
  'pages/need/month.vue': ['decidesFor', 'which place it is'],
  'pages/need/needs.vue': ['decides', 'which lists there are'],
  'pages/need/say.vue': ['recordsAt', 'which community it is'],
  'pages/need/stuck.vue': ['decidesFor', 'which place the table is of'],
  'pages/offer/desks.vue': ['decidesFor', 'which place the table is of'],
  'pages/staff/deputy.vue': ['secretary', 'which community it is'],
  'pages/team/found.vue': ['secretary', 'which community it is'],
  'pages/wish/hall.vue': ['member', 'who is told how many more they may claim'],
  'pages/wish/post.vue': ['recordsAt', 'which community it is'],
}

test('a page asks the server what its reader may do, and looks at roles for nothing else', () => {
  const uses = shown.map((f) => [f, [...new Set([...text(f).matchAll(/\broles\.(\w+)\(/g)].map((m) => m[1]!))].sort().join(' ')] as const)
  expect(Object.fromEntries(uses.filter(([, names]) => names))).toEqual(
    Object.fromEntries(Object.entries(allowed).map(([f, [names]]) => [f, names])))
})

test('nobody\'s grants are read by a page itself, but to name them', () => {
  const reads = shown.filter((f) => /\bme\??\.roles\b|r\.role === /.test(text(f)))
  expect(reads).toEqual(['components/page/XyCall.vue', 'pages/me/mine.vue']) // whose desk it is; 茂山社区书记, under the name
})
