/** The kinds of the store's keys, in the order in which both scripts take them. */
const kinds = ["hash", "hash", "hash", "stream", "hash", "hash", "string"] as const;

/**
 * Both scripts take the keys of the store first: current, lists, outbox, changes, versions, version states, publisher.
 * Wherever they answer anything but OK, nothing was changed.
 */
const storeKeys = kinds.length;

/**
 * What both scripts check before they write. A key of another kind would fail a script half-way, and that is not undone; a
 * user that may not ask for kinds (TYPE) goes without that check.
 * The live index must not lose a list: what it has, the next one has, or somebody released it by name. TypeScript looks
 * first (`listsLacking`); here it holds against a publisher that does not.
 */
const checks = `
local function foreignKey()
  local kinds = {${kinds.map((kind) => `'${kind}'`).join(", ")}}
  for i = 1, #kinds do
    local kind = redis.pcall('TYPE', KEYS[i]).ok
    if kind and kind ~= 'none' and kind ~= kinds[i] then return KEYS[i] end
  end
  return nil
end

local function lacking(text)
  local replaced = redis.call('HGET', KEYS[1], 'manifest')
  if not replaced then return '' end
  local readable, was = pcall(cjson.decode, replaced)
  if not readable or type(was) ~= 'table' or type(was.lists) ~= 'table' then return nil end
  local manifest = cjson.decode(text)
  local there = {}
  for _, one in ipairs(manifest.lists) do if one.entries > 0 then there[one.list] = true end end
  for _, list in ipairs(manifest.released or {}) do there[list] = true end
  local missing = {}
  for _, one in ipairs(was.lists) do
    if one.entries > 0 and not there[one.list] then missing[#missing + 1] = one.list end
  end
  return table.concat(missing, ',')
end

local function refusal(expected, text)
  local foreign = foreignKey()
  if foreign then return {'FOREIGN', foreign} end
  local live = tonumber(redis.call('HGET', KEYS[1], 'generation') or '0')
  if live ~= tonumber(expected) then return {'STALE', live} end
  local missing = lacking(text)
  if missing == nil then return {'FOREIGN', KEYS[1]} end
  if missing ~= '' then return {'LACKS', missing} end
  return nil
end
`;

/**
 * What both scripts do once everything was checked: `live` becomes a kept version beside the states its lists had to the
 * last, and the pointer moves. The first write is one that a full Redis refuses (HSET): a script that fails half-way is
 * not undone, so it must not fail half-way.
 */
const movePointer = `
local function movePointer(live, manifest, chunks, outbox)
  local replaced = redis.call('HGET', KEYS[1], 'manifest')
  if replaced then
    redis.call('HSET', KEYS[5], live, replaced)
    redis.call('HSET', KEYS[6], live, '[' .. table.concat(redis.call('HVALS', KEYS[2]), ',') .. ']')
  end
  redis.call('HSET', KEYS[1], 'generation', live + 1, 'chunks', chunks, 'manifest', manifest)
  redis.call('HSET', KEYS[3], live + 1, outbox)
end

local function setStates(from)
  redis.call('DEL', KEYS[2])
  for i = from, #ARGV, 2 do redis.call('HSET', KEYS[2], ARGV[i], ARGV[i + 1]) end
end

local function forget(from, to)
  for i = from, to do
    redis.call('HDEL', KEYS[5], ARGV[i])
    redis.call('HDEL', KEYS[6], ARGV[i])
  end
end
`;

/**
 * Makes an uploaded version the live one, all at once. Answers `{"OK", generation}`, `{"STALE", live generation}`,
 * `{"LACKS", lists}`, `{"CLAIMED", who}`, `{"FOREIGN", key}` or `{"MISSING", number of chunks}`.
 *
 * KEYS: those of the store, then the uploaded chunks, then their published names, then the chunks that nothing kept
 * needs any more. ARGV: expected generation, manifest, outbox, number of chunks, grace in seconds, longest stream,
 * version, how many versions are forgotten, the publisher's fingerprint, their generations, then name and state of each
 * list.
 */
export const publishScript = `${checks}${movePointer}
local chunks = tonumber(ARGV[4])
local refused = refusal(ARGV[1], ARGV[2])
if refused then return refused end
local live = tonumber(ARGV[1])

local claim = redis.call('GET', KEYS[7])
if claim then
  local readable, keeper = pcall(cjson.decode, claim)
  if not readable or type(keeper) ~= 'table' then return {'FOREIGN', KEYS[7]} end
  if keeper.fingerprint ~= ARGV[9] then return {'CLAIMED', claim} end
end

local missing = 0
for i = ${String(storeKeys + 1)}, ${String(storeKeys)} + chunks do missing = missing + 1 - redis.call('EXISTS', KEYS[i]) end
if missing > 0 then return {'MISSING', missing} end

local forgotten = tonumber(ARGV[8])
movePointer(live, ARGV[2], chunks, ARGV[3])
setStates(10 + forgotten)
forget(10, 9 + forgotten)

for i = ${String(storeKeys + 1)}, ${String(storeKeys)} + chunks do
  redis.call('RENAME', KEYS[i], KEYS[i + chunks])
  redis.call('PERSIST', KEYS[i + chunks])
end
for i = ${String(storeKeys + 1)} + 2 * chunks, #KEYS do redis.call('EXPIRE', KEYS[i], ARGV[5]) end

redis.call('XADD', KEYS[4], 'MAXLEN', '~', ARGV[6], '*', 'generation', live + 1, 'version', ARGV[7])
return {'OK', live + 1}
`;

/**
 * Moves the pointer to a kept version, all at once. Answers as `publishScript` does, but heeds no claim: who rolls back
 * does it by hand. MISSING counts the chunks that are gone, and is -1 when the version is not kept.
 *
 * KEYS: those of the store, then the chunks of the kept version, then those that nothing kept needs any more. ARGV:
 * expected generation, manifest, outbox, number of chunks, grace in seconds, longest stream, version, how many versions
 * are forgotten, their generations, the kept version's generation, then name and state of each list.
 */
export const rollBackScript = `${checks}${movePointer}
local chunks = tonumber(ARGV[4])
local forgotten = tonumber(ARGV[8])
local refused = refusal(ARGV[1], ARGV[2])
if refused then return refused end
local live = tonumber(ARGV[1])
if redis.call('HEXISTS', KEYS[5], ARGV[9 + forgotten]) == 0 then return {'MISSING', -1} end

local missing = 0
for i = ${String(storeKeys + 1)}, ${String(storeKeys)} + chunks do missing = missing + 1 - redis.call('EXISTS', KEYS[i]) end
if missing > 0 then return {'MISSING', missing} end

movePointer(live, ARGV[2], chunks, ARGV[3])
setStates(10 + forgotten)
forget(9, 8 + forgotten)
for i = ${String(storeKeys + 1)} + chunks, #KEYS do redis.call('EXPIRE', KEYS[i], ARGV[5]) end

redis.call('XADD', KEYS[4], 'MAXLEN', '~', ARGV[6], '*', 'generation', live + 1, 'version', ARGV[7])
return {'OK', live + 1}
`;

/**
 * Says who keeps the index. Answers nothing, or who keeps it by other settings. KEYS: publisher. ARGV: publisher, its
 * fingerprint, milliseconds until that is forgotten.
 */
export const claimScript = `
local claim = redis.call('GET', KEYS[1])
if claim then
  local readable, keeper = pcall(cjson.decode, claim)
  if not readable or type(keeper) ~= 'table' or keeper.fingerprint ~= ARGV[2] then return claim end
end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[3])
return false
`;

/** Gives the index up. KEYS: publisher. ARGV: the publisher as it was said. */
export const unclaimScript = `
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
return 1
`;

/**
 * Writes list states over those of the live generation only: who confirms an index that is live no longer vouches for
 * nothing. Answers the live generation. KEYS: current, lists. ARGV: the generation (0: whatever is live), then name and
 * state of each list.
 */
export const saveStatesScript = `
local live = tonumber(redis.call('HGET', KEYS[1], 'generation') or '0')
local expected = tonumber(ARGV[1])
if expected ~= 0 and live ~= expected then return live end
for i = 2, #ARGV, 2 do redis.call('HSET', KEYS[2], ARGV[i], ARGV[i + 1]) end
return live
`;
