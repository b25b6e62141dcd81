/**
 * Makes an uploaded version the live one, all at once. Answers `{"OK", generation}`, `{"STALE", live generation}` or
 * `{"MISSING", number of chunks}`; in the last two nothing was changed.
 *
 * KEYS: current, lists, outbox, changes, then the uploaded chunks, then their published names, then the chunks of the
 * version that is replaced. ARGV: expected generation, manifest, outbox, number of chunks, grace in seconds, longest
 * stream, version, then name and state of each list.
 *
 * Everything is checked before the first write, and the first write is one that a full Redis refuses (HSET): a script
 * that fails half-way is not undone, so it must not fail half-way.
 */
export const publishScript = `
local chunks = tonumber(ARGV[4])
local live = tonumber(redis.call('HGET', KEYS[1], 'generation') or '0')
if live ~= tonumber(ARGV[1]) then return {'STALE', live} end

local missing = 0
for i = 5, 4 + chunks do missing = missing + 1 - redis.call('EXISTS', KEYS[i]) end
if missing > 0 then return {'MISSING', missing} end

local generation = live + 1
redis.call('HSET', KEYS[1], 'generation', generation, 'chunks', chunks, 'manifest', ARGV[2])
redis.call('HSET', KEYS[3], generation, ARGV[3])
redis.call('DEL', KEYS[2])
for i = 8, #ARGV, 2 do redis.call('HSET', KEYS[2], ARGV[i], ARGV[i + 1]) end

for i = 5, 4 + chunks do
  redis.call('RENAME', KEYS[i], KEYS[i + chunks])
  redis.call('PERSIST', KEYS[i + chunks])
end
for i = 5 + 2 * chunks, #KEYS do redis.call('EXPIRE', KEYS[i], ARGV[5]) end

redis.call('XADD', KEYS[4], 'MAXLEN', '~', ARGV[6], '*', 'generation', generation, 'version', ARGV[7])
return {'OK', generation}
`;
