/** Both scripts take the keys of the store first: current, lists, outbox, changes, versions, version states. */
const storeKeys = 6;

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
 * Makes an uploaded version the live one, all at once. Answers `{"OK", generation}`, `{"STALE", live generation}` or
 * `{"MISSING", number of chunks}`; in the last two nothing was changed.
 *
 * KEYS: those of the store, then the uploaded chunks, then their published names, then the chunks that nothing kept
 * needs any more. ARGV: expected generation, manifest, outbox, number of chunks, grace in seconds, longest stream,
 * version, how many versions are forgotten, their generations, then name and state of each list.
 */
export const publishScript = `${movePointer}
local chunks = tonumber(ARGV[4])
local live = tonumber(redis.call('HGET', KEYS[1], 'generation') or '0')
if live ~= tonumber(ARGV[1]) then return {'STALE', live} end

local missing = 0
for i = ${String(storeKeys + 1)}, ${String(storeKeys)} + chunks do missing = missing + 1 - redis.call('EXISTS', KEYS[i]) end
if missing > 0 then return {'MISSING', missing} end

local forgotten = tonumber(ARGV[8])
movePointer(live, ARGV[2], chunks, ARGV[3])
setStates(9 + forgotten)
forget(9, 8 + forgotten)

for i = ${String(storeKeys + 1)}, ${String(storeKeys)} + chunks do
  redis.call('RENAME', KEYS[i], KEYS[i + chunks])
  redis.call('PERSIST', KEYS[i + chunks])
end
for i = ${String(storeKeys + 1)} + 2 * chunks, #KEYS do redis.call('EXPIRE', KEYS[i], ARGV[5]) end

redis.call('XADD', KEYS[4], 'MAXLEN', '~', ARGV[6], '*', 'generation', live + 1, 'version', ARGV[7])
return {'OK', live + 1}
`;

/**
 * Moves the pointer to a kept version, all at once. Answers as `publishScript` does; MISSING counts the chunks that are
 * gone, and is -1 when the version is not kept.
 *
 * KEYS: those of the store, then the chunks of the kept version, then those that nothing kept needs any more. ARGV:
 * expected generation, manifest, outbox, number of chunks, grace in seconds, longest stream, version, how many versions
 * are forgotten, their generations, the kept version's generation, then name and state of each list.
 */
export const rollBackScript = `${movePointer}
local chunks = tonumber(ARGV[4])
local forgotten = tonumber(ARGV[8])
local live = tonumber(redis.call('HGET', KEYS[1], 'generation') or '0')
if live ~= tonumber(ARGV[1]) then return {'STALE', live} end
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
