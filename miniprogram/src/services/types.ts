// Names for what the contract describes; schema.d.ts is made from api/openapi.yaml.
import type { components, paths } from './schema'

type S = components['schemas']

export type Activity = S['Activity']
export type MySignup = S['MySignup']
export type ActivityChange = S['ActivityChange']
export type ActivityDraft = S['ActivityDraft']
export type ActivityStatus = S['ActivityStatus']
export type Approval = S['Approval']
export type ApprovalCount = S['ApprovalCount']
export type ApprovalKind = S['ApprovalKind']
export type ApprovalResult = S['ApprovalResult']
export type Arrival = S['Arrival']
export type Category = S['Category']
export type CheckIn = S['CheckIn']
export type Claim = S['Claim']
export type ClaimStatus = S['ClaimStatus']
export type ClaimWithWish = S['ClaimWithWish']
export type Colleague = S['Colleague']
export type Complaint = S['Complaint']
export type ComplaintDetail = S['ComplaintDetail']
export type ComplaintKind = S['ComplaintKind']
export type ComplaintStatus = S['ComplaintStatus']
export type Contact = S['Contact']
export type ContactRead = S['ContactRead']
export type Field = S['Field']
export type Grant = S['Grant']
export type Leaderboard = S['Leaderboard']
export type Line = S['Line']
export type Me = S['Me']
export type MembershipDetail = S['MembershipDetail']
export type Message = S['Message']
export type Node = S['Node']
export type NodeKind = S['NodeKind']
export type Photo = S['Photo']
export type Objection = S['Objection']
export type ObjectionStatus = S['ObjectionStatus']
export type PointEntry = S['PointEntry']
export type Reason = S['Reason']
export type RecordDetail = S['ServiceRecordDetail']
export type RecordSource = S['RecordSource']
export type RecordStatus = S['RecordStatus']
export type Refusal = S['Refusal']
export type Roll = S['Roll']
export type RollEntry = S['RollEntry']
export type SelfReport = paths['/service-records']['post']['requestBody']['content']['application/json']
export type ServiceRecord = S['ServiceRecord']
export type ServiceRecorder = S['ServiceRecorder']
export type Session = S['Session']
export type Settlement = S['Settlement']
export type Signup = S['Signup']
export type SignupStatus = S['SignupStatus']
export type Certificate = S['Certificate']
export type CertificateField = S['CertificateField']
export type ServicePerson = S['ServicePerson']
export type ServiceCard = S['ServiceCard']
export type Stats = S['Stats']
export type Team = S['Team']
export type TeamDetail = S['TeamDetail']
export type TeamMember = S['TeamMember']
export type TeamMemberStatus = S['TeamMemberStatus']
export type TeamRole = S['TeamRole']
export type Wish = S['Wish']
export type WishDetail = S['WishDetail']
export type WishStatus = S['WishStatus']

export interface Page<T> {
  items: T[]
  nextCursor?: string
}

/** What the leader's phone shows, and until when. */
export interface CheckInCode {
  code: string
  expiresAt: string
  qr: string
}
