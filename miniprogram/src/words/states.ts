// The word of each state that a person sees, by lifecycle: a state that the server has and the client does not fails here.
import type { states } from '@/services/states.gen'
import { claimWords, complaintWords, membershipWords, wishWords, type Word } from '.'
import { caseWords } from './cases'
import { certificateWords } from './papers'
import { admissionWords } from './duties'
import { assignmentWords, needWords } from './needs'
import { objectionWords, recordWords } from './records'
import { activityWords, memberWords, signupWords } from './service'
import { agreementWords } from './agreements'
import { brandWords } from './brands'
import { projectWords } from './projects'
import { bookingWords, offerWords } from './offers'
import { visitWords } from './visits'

type Lifecycle = keyof typeof states

/** Lifecycles whose states nobody is shown, and why. */
export const unshown: Partial<Record<Lifecycle, string>> = {
  grant: 'who holds a role is listed, and who has held one is not',
  user: 'who has deleted the account is nobody to show',
  node: 'has one state',
  team: 'a team that has ended says so in a sentence, and stands in no list',
  join: 'the page says in a sentence what was joined',
}

type Shown = Exclude<Lifecycle, 'grant' | 'user' | 'node' | 'team' | 'join'>

export const stateWords: { [N in Shown]: Record<(typeof states)[N][number], Word> } = {
  wish: wishWords, claim: claimWords, membership: membershipWords, team_member: memberWords, activity: activityWords,
  signup: signupWords, service_record: recordWords, objection: objectionWords, certificate: certificateWords,
  complaint: complaintWords, case: caseWords, need: needWords, assignment: assignmentWords, visit: visitWords,
  admission: admissionWords, offer: offerWords, booking: bookingWords, agreement: agreementWords,
  project: projectWords, brand: brandWords,
}
