/** Milliseconds since the epoch, by the one clock that all replicas share. */
const now = `
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
`;

/** Whoever has open events and has not beaten yet, or was given up, counts as one that beats: else nobody would take them over from it. */
const heardOf = (instances: string, instance: string): string =>
  `redis.call('HSETNX', ${instances}, ${instance}, string.format('%.0f', now) .. ':0')`;

/**
 * KEYS: message, instances. ARGV: print, instance, ttl, longest claim, silence that is death, all in milliseconds; and whether
 * this instance knows that it has the message not in hand: then a claim of its own is one whose answer was lost.
 */
export const claimScript = `${now}
local was = redis.call('HMGET', KEYS[1], 'print', 'state', 'owner', 'until', 'sent')
if was[1] then
  if was[1] ~= ARGV[1] then return {'reused', '0'} end
  if was[2] == 'done' then return {'done', '0'} end
  local lost = was[3] == ARGV[2] and ARGV[6] == 'idle'
  if was[2] == 'claimed' and tonumber(was[4]) > now and not lost then
    local beat = redis.call('HGET', KEYS[2], was[3])
    if beat and now - tonumber(string.match(beat, '^%d+')) < tonumber(ARGV[5]) then return {'in-progress', '0'} end
  end
end
local sent = was[5] or '0'
redis.call('HSET', KEYS[1], 'print', ARGV[1], 'state', 'claimed', 'owner', ARGV[2], 'until', now + tonumber(ARGV[4]), 'sent', sent)
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return {'claimed', sent}
`;

/** KEYS: message. ARGV: instance, state, sent (empty: as it was), ttl, longest claim. Only its owner changes it. */
export const stateScript = `${now}
if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'state', ARGV[2], 'until', now + tonumber(ARGV[5]))
if ARGV[3] ~= '' then redis.call('HSET', KEYS[1], 'sent', ARGV[3]) end
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return 1
`;

/**
 * KEYS: open events, instances, then each event. ARGV: client, ttl, instance, then id and print of each. Answers the time, or the one that is
 * another's.
 */
export const registerScript = `${now}
for i = 3, #KEYS do
  local print = redis.call('HGET', KEYS[i], 'print')
  if print and print ~= ARGV[2 * i - 1] then return {'reused', ARGV[2 * i - 2]} end
end
for i = 3, #KEYS do
  redis.call('HDEL', KEYS[i], 'outcome', 'decision', 'alert')
  redis.call('HSET', KEYS[i], 'at', now, 'print', ARGV[2 * i - 1], 'c:' .. ARGV[1], '1')
  redis.call('PEXPIRE', KEYS[i], ARGV[2])
  redis.call('ZADD', KEYS[1], now, ARGV[2 * i - 2])
end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
${heardOf("KEYS[2]", "ARGV[3]")}
return {'registered', string.format('%.0f', now)}
`;

/**
 * KEYS: as many sets of open events as ARGV[1] says, then each event. ARGV: then id, outcome, decision, alert (empty: none) of each. An
 * event that is no longer known stays so, and a hit keeps its alert when it is told again without it. One that is held stays open: a later
 * decision may replace it.
 */
export const decidedScript = `
local sets = tonumber(ARGV[1])
for i = sets + 1, #KEYS do
  local at = 4 * (i - sets - 1) + 1
  local id, outcome = ARGV[at + 1], ARGV[at + 2]
  if redis.call('EXISTS', KEYS[i]) == 1 then
    local was = redis.call('HGET', KEYS[i], 'outcome')
    if outcome == 'HIT' or (was ~= 'HIT' and was ~= 'CLEAR') then
      redis.call('HSET', KEYS[i], 'outcome', outcome, 'decision', ARGV[at + 3])
      if was ~= 'HIT' or ARGV[at + 4] ~= '' then redis.call('HSET', KEYS[i], 'alert', ARGV[at + 4]) end
    end
  end
  if outcome ~= 'HOLD' then
    for set = 1, sets do redis.call('ZREM', KEYS[set], id) end
  end
end
return 1
`;

/** KEYS: instances. ARGV: instance, how far it has seen Kafka. */
export const beatScript = `${now}
redis.call('HSET', KEYS[1], ARGV[1], string.format('%.0f', now) .. ':' .. ARGV[2])
return 1
`;

/** Whether that replica, by what it said last, is dead; and whether another one that lives has in hand what it left. */
const dying = `${now}
local function silent(beat, most) return not beat or now - tonumber(string.match(beat, '^%d+')) >= most end
local function heired(instances, heirs, dead, me, most)
  local heir = redis.call('HGET', heirs, dead)
  heir = heir and string.match(heir, '^%S+')
  return heir and heir ~= me and not silent(redis.call('HGET', instances, heir), most)
end
`;

/** KEYS: instances, heirs. ARGV: instance, silence that is death. Answers the names of those that are dead, and nobody else's to look after. */
export const deadScript = `${dying}
local dead, most = {}, tonumber(ARGV[2])
local all = redis.call('HGETALL', KEYS[1])
for i = 1, #all, 2 do
  if all[i] ~= ARGV[1] and silent(all[i + 1], most) and not heired(KEYS[1], KEYS[2], all[i], ARGV[1], most) then
    dead[#dead + 1] = all[i]
  end
end
return dead
`;

/** KEYS: instances, heirs, what the dead one has open. ARGV: instance, silence that is death, the dead one. Nothing of it is moved. */
export const adoptScript = `${dying}
local most = tonumber(ARGV[2])
local beat = redis.call('HGET', KEYS[1], ARGV[3])
if not beat or not silent(beat, most) or heired(KEYS[1], KEYS[2], ARGV[3], ARGV[1], most) then return {} end
redis.call('HSET', KEYS[2], ARGV[3], ARGV[1] .. ' ' .. beat)
local left = redis.call('ZRANGE', KEYS[3], 0, -1, 'WITHSCORES')
-- By its own clock, which may go ahead: when it was heard of last it had followed no further than that.
local heard, followed = string.match(beat, '^(%d+):(%d+)$')
if not followed then followed = '0' elseif tonumber(followed) > tonumber(heard) then followed = heard end
table.insert(left, 1, followed)
return left
`;

/**
 * KEYS: instances, heirs, what the dead one has open, what we have open. ARGV: instance, the dead one, ttl. One that has said something
 * since it was taken in hand keeps what is its own, be it dead once more: then it is taken in hand anew.
 */
export const inheritedScript = `${now}
local beat = redis.call('HGET', KEYS[1], ARGV[2])
local heir = redis.call('HGET', KEYS[2], ARGV[2])
if not heir or string.match(heir, '^%S+') ~= ARGV[1] then return 0 end
redis.call('HDEL', KEYS[2], ARGV[2])
if not beat or heir ~= ARGV[1] .. ' ' .. beat then return 0 end
${heardOf("KEYS[1]", "ARGV[1]")}
if redis.call('EXISTS', KEYS[3]) == 1 then
  redis.call('ZUNIONSTORE', KEYS[4], 2, KEYS[4], KEYS[3], 'AGGREGATE', 'MIN')
  redis.call('PEXPIRE', KEYS[4], ARGV[3])
  redis.call('DEL', KEYS[3])
end
redis.call('HDEL', KEYS[1], ARGV[2])
return 1
`;

/** KEYS: open events. ARGV: ttl. */
export const trimScript = `${now}
return redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - tonumber(ARGV[1]))
`;
