/** How many characters of an id runs of one block have in common: they were made within 2^24 milliseconds, some five hours. */
const COMMON = 6;

/** The block of `id`, an expression for the id of a run. */
export const blockOf = (id: string): string => `substr(${id}::text, 1, ${COMMON})`;

/** The last id that a run of `b.block` can have. */
const LAST_OF_BLOCK = `(b.block || 'ff-ffff-ffff-ffff-ffffffffffff')::uuid`;

/** The runs of `b.block`: ids between its first and its last. */
export const IN_BLOCK = `r.id between (b.block || '00-0000-0000-0000-000000000000')::uuid and ${LAST_OF_BLOCK}`;

/**
 * The blocks of a flow's runs that are not written, or not to their end, or have got other runs since. From one block to the next by the index, so that it
 * takes no longer the more runs there are; those are counted in blocks from that of $4 on alone.
 */
export const UNWRITTEN_BLOCKS = `with recursive blocks(block) as (
   (select ${blockOf('r.id')} from runs r where r.workspace_id = $1 and r.flow_id = $2 order by r.id limit 1)
   union all
   select (select ${blockOf('r.id')} from runs r
     where r.workspace_id = $1 and r.flow_id = $2 and r.id > ${LAST_OF_BLOCK} order by r.id limit 1)
   from blocks b where b.block is not null)
 select b.block from blocks b
   left join survey_blocks k on k.workspace_id = $1 and k.flow_id = $2 and k.answer = $3 and k.block = b.block
 where b.block is not null and (k.block is null or k.upto is not null or (b.block >= ${blockOf('$4')} and k.runs <> (
   select count(*) from runs r where r.workspace_id = $1 and r.flow_id = $2 and ${IN_BLOCK})))`;

/**
 * The scores that `r`, runs that `where` lets through, remember under `name`, a parameter. Apart, so that what a run remembers is taken to
 * pieces once, and where the name is in it; `position` because the planner takes `like` for something that hardly any run fulfils.
 */
export const scoresIn = (from: string, name: string, where: string): string => `
  select contact_id, run_id, score::smallint as score, ended_at from (
    select r.contact_id, r.id as run_id, r.ended_at, r.context #>> array['answers', ${name}::text] as score
    from ${from} where ${where} and position('"' || ${name}::text || '"' in r.context::text) > 0
    offset 0) told
  where score = any('{0,1,2,3,4,5,6,7,8,9,10}')`;
