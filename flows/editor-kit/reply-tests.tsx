import { ActionIcon, Button, Group, Menu, Stack, Text } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { Issue } from '../definition/issue.ts';
import { describeTest, TEST_NAMES } from '../replies/describe.ts';
import { type ReplyTest, replyTestSchema, type TestName } from '../replies/reply-test.ts';
import { ReplyTestFields } from './reply-test-fields.tsx';
import { useSurroundings } from './surroundings.tsx';

const NAMES: readonly TestName[] = replyTestSchema.options.map((option) => option.shape.test.value);
const MOST = 10;

export interface ReplyTestsProps {
  value: readonly ReplyTest[];
  onChange: (tests: ReplyTest[]) => void;
  issues: readonly Issue[];
  path: string;
}

/** What else than words may mean an answer: a number in a range, a date, an e-mail address … One of them is enough. */
export function ReplyTests({ value, onChange, issues, path }: ReplyTestsProps) {
  const { readOnly } = useSurroundings();
  return (
    <Stack gap={6} mt={6}>
      {value.map((test, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: tests have no identity but their place
        <div key={index}>
          <Group gap={4} justify="space-between" wrap="nowrap">
            <Text size="sm" truncate>
              <Text span c="dimmed" size="sm">
                or{' '}
              </Text>
              {describeTest(test)}
            </Text>
            {readOnly ? null : (
              <ActionIcon
                variant="subtle"
                color="gray"
                size="sm"
                aria-label={`Remove: ${describeTest(test)}`}
                onClick={() => onChange(value.filter((_, at) => at !== index))}
              >
                <IconX size={14} />
              </ActionIcon>
            )}
          </Group>
          <ReplyTestFields
            value={test}
            onChange={(next) => onChange(value.map((one, at) => (at === index ? next : one)))}
            issues={issues}
            path={`${path}.${index}`}
          />
        </div>
      ))}
      {readOnly || value.length >= MOST ? null : (
        <TestMenu onPick={(name) => onChange([...value, emptyTest(name)])} />
      )}
    </Stack>
  );
}

function TestMenu({ onPick }: { onPick: (name: TestName) => void }) {
  return (
    <Menu position="bottom-start" withinPortal>
      <Menu.Target>
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<IconPlus size={12} />}
          style={{ alignSelf: 'start' }}
        >
          Add a test, such as a number or a date
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={320} style={{ overflowY: 'auto' }}>
        {NAMES.map((name) => (
          <Menu.Item key={name} onClick={() => onPick(name)}>
            {TEST_NAMES[name]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** A test as an author starts with it. */
function emptyTest(name: TestName): ReplyTest {
  switch (name) {
    case 'any':
    case 'all':
    case 'only':
    case 'phrase':
    case 'begins':
      return { test: name, words: [] };
    case 'pattern':
      return { test: name, pattern: '[A-Z]{2}\\d{4}', example: 'AB1234' };
    default:
      return { test: name };
  }
}
