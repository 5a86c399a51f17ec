// Code generated from internal/state and internal/id by `go generate ./internal/state`. DO NOT EDIT.

/** The states of each lifecycle. */
export const states = {
  wish: ['submitted', 'open', 'rejected', 'taken', 'withdrawn', 'expired', 'fulfilled'],
  claim: ['requested', 'approved', 'declined', 'released', 'cancelled', 'lapsed', 'delivered', 'confirmed'],
  membership: ['requested', 'active', 'rejected', 'left'],
  grant: ['given', 'ended'],
  user: ['active', 'leaving', 'deleted'],
  team: ['active', 'closed'],
  team_member: ['requested', 'active', 'invited', 'rejected', 'left'],
  activity: ['draft', 'published', 'cancelled', 'settled'],
  signup: ['confirmed', 'waitlisted', 'cancelled', 'attended', 'absent'],
  service_record: ['recorded', 'credited', 'confirmed', 'rejected', 'corrected'],
  join: ['joined', 'undone'],
  objection: ['open', 'upheld', 'dismissed'],
  certificate: ['issued', 'revoked'],
  complaint: ['open', 'answered', 'closed'],
  case: ['open', 'kept', 'blurred', 'removed', 'replaced'],
  node: ['active'],
  need: ['submitted', 'handling', 'rejected', 'merged', 'handed', 'withdrawn', 'waiting', 'answered', 'closed', 'unsolved'],
  assignment: ['sent', 'working', 'refused', 'reported', 'verified', 'cancelled'],
  visit: ['planned', 'invited', 'cancelled', 'held', 'closed'],
  admission: ['asked', 'admitted', 'refused', 'lapsed', 'withdrawn', 'ended'],
  offer: ['draft', 'open', 'paused', 'closed'],
  booking: ['requested', 'confirmed', 'declined', 'cancelled', 'called_off', 'used', 'missed'],
  agreement: ['draft', 'offered', 'ended', 'signed'],
  project: ['proposed', 'open', 'rejected', 'matched', 'expired', 'running', 'delivered', 'stopped', 'accepted'],
  brand: ['proposed', 'active', 'stopped', 'asleep'],
} as const

/** The roles, by what they may do. */
export const rolesOf = {
  all: ['grid_leader', 'grid_worker', 'property_worker', 'building_head', 'unit_head', 'centre_household', 'unit_liaison', 'responder', 'area_leader', 'secretary', 'street', 'county', 'auditor'],
  deciders: ['secretary', 'street', 'county'],
  posts: ['grid_leader', 'grid_worker', 'property_worker', 'building_head', 'unit_head', 'centre_household'],
  deputies: ['secretary', 'grid_leader', 'grid_worker'],
} as const
