/** What a command is for people: a title for help and the message line, where it belongs, and its words in the palette. */
export interface CommandFacts {
  readonly title: string;
  readonly group: CommandGroup;
  /** Words that call it in the palette; without them it has keys only. */
  readonly palette?: readonly string[];
  /** What stands behind the word in the palette, as help shows it. */
  readonly argument?: string;
  /** Changes the zone or its files, so that a read-only editor does not have it. */
  readonly writes?: true;
}

/** Groups of commands in the order help shows them. */
export const COMMAND_GROUPS = [
  'move',
  'panes',
  'search and filter',
  'sort and fold',
  'edit',
  'marks',
  'undo',
  'problems',
  'file',
  'typing',
] as const;
/** One of the groups. */
export type CommandGroup = (typeof COMMAND_GROUPS)[number];

// biome-ignore format: one row a command
const TABLE = {
  'cursor-down': { title: 'down', group: 'move' },
  'cursor-up': { title: 'up', group: 'move' },
  'page-down': { title: 'a page down', group: 'move' },
  'page-up': { title: 'a page up', group: 'move' },
  'half-page-down': { title: 'half a page down', group: 'move' },
  'half-page-up': { title: 'half a page up', group: 'move' },
  'first': { title: 'first row', group: 'move' },
  'last': { title: 'last row', group: 'move' },
  'column-left': { title: 'column to the left', group: 'move' },
  'column-right': { title: 'column to the right', group: 'move' },
  'goto': { title: 'go to a line of the file, or to a name', group: 'move', palette: ['goto'], argument: 'LINE or NAME' },
  'pane-next': { title: 'next pane', group: 'panes' },
  'pane-previous': { title: 'pane before', group: 'panes' },
  'pane-records': { title: 'records', group: 'panes', palette: ['records'] },
  'pane-detail': { title: 'detail of the record', group: 'panes', palette: ['detail'] },
  'pane-problems': { title: 'problems', group: 'panes', palette: ['problems'] },
  'pane-diff': { title: 'differences to the saved file', group: 'panes', palette: ['diff'] },
  'pane-mail': { title: 'mail and TLS tree', group: 'panes', palette: ['mail'] },
  'pane-grow': { title: 'make the lower pane higher', group: 'panes' },
  'pane-shrink': { title: 'make the lower pane lower', group: 'panes' },
  'search': { title: 'search', group: 'search and filter' },
  'search-next': { title: 'next match', group: 'search and filter' },
  'search-previous': { title: 'match before', group: 'search and filter' },
  'filter': { title: 'filter rows', group: 'search and filter', palette: ['filter'], argument: 'WORDS' },
  'filter-clear': { title: 'show all rows', group: 'search and filter', palette: ['all'] },
  'filter-problems': { title: 'only rows with problems, or all', group: 'search and filter' },
  'filter-changed': { title: 'only changed rows, or all', group: 'search and filter' },
  'filter-type': { title: 'only records of a type', group: 'search and filter', palette: ['type'], argument: 'TYPE' },
  'filter-rule': { title: 'only rows with a problem of a rule', group: 'search and filter', palette: ['rule'], argument: 'RULE' },
  'clear': { title: 'end range, search, filter and marks, one after the other', group: 'search and filter' },
  'sort-column': { title: 'sort by the column at the cursor; again: backwards, file order', group: 'sort and fold' },
  'sort': { title: 'sort by a column, or show file order', group: 'sort and fold', palette: ['sort'], argument: 'owner, ttl, class, type, data, problems or file' },
  'fold': { title: 'hide or show what $INCLUDE or $GENERATE brings', group: 'sort and fold', palette: ['fold'] },
  'fold-all': { title: 'hide or show what all of them bring', group: 'sort and fold', palette: ['fold-all'] },
  'edit': { title: 'edit in a form', group: 'edit', palette: ['edit'], writes: true },
  'edit-line': { title: 'edit the text of the entry', group: 'edit', palette: ['line'], writes: true },
  'add': { title: 'add a record', group: 'edit', palette: ['add'], argument: 'TYPE', writes: true },
  'duplicate': { title: 'duplicate the record', group: 'edit', palette: ['duplicate'], writes: true },
  'delete': { title: 'delete', group: 'edit', palette: ['delete'], writes: true },
  'copy': { title: 'copy', group: 'edit', palette: ['copy'] },
  'paste': { title: 'insert what was copied', group: 'edit', palette: ['paste'], writes: true },
  'move-up': { title: 'move up', group: 'edit', palette: ['move-up'], writes: true },
  'move-down': { title: 'move down', group: 'edit', palette: ['move-down'], writes: true },
  'toggle-comment': { title: 'comment out, or take back', group: 'edit', palette: ['comment'], writes: true },
  'raise-serial': { title: 'raise the serial', group: 'edit', palette: ['serial'], writes: true },
  'mark': { title: 'mark or unmark the row', group: 'marks' },
  'mark-range': { title: 'mark a range: begin, then end', group: 'marks' },
  'mark-all': { title: 'mark all rows in sight of the filter, or none', group: 'marks', palette: ['mark-all'] },
  'mark-none': { title: 'take all marks back', group: 'marks', palette: ['mark-none'] },
  'set-ttl': { title: 'set the TTL of marked records', group: 'marks', palette: ['ttl'], argument: 'TTL', writes: true },
  'replace': { title: 'replace text in marked records', group: 'marks', palette: ['replace'], argument: '/TEXT/BY/', writes: true },
  'undo': { title: 'undo', group: 'undo', palette: ['undo'], writes: true },
  'redo': { title: 'redo', group: 'undo', palette: ['redo'], writes: true },
  'problem-next': { title: 'next problem', group: 'problems' },
  'problem-previous': { title: 'problem before', group: 'problems' },
  'to-record': { title: 'to the record', group: 'problems' },
  'fix': { title: 'make the fix of the problem', group: 'problems', palette: ['fix'], writes: true },
  'fix-all': { title: 'make all safe fixes', group: 'problems', palette: ['fix-all'], writes: true },
  'explain': { title: 'explain the rule', group: 'problems', palette: ['explain'], argument: 'RULE' },
  'ignore': { title: 'ignore the problem, with a reason', group: 'problems', palette: ['ignore'], argument: 'REASON', writes: true },
  'change-drop': { title: 'take this change back', group: 'file', writes: true },
  'save': { title: 'save', group: 'file', palette: ['w'], writes: true },
  'save-quit': { title: 'save and quit', group: 'file', palette: ['wq', 'x'], writes: true },
  'save-now': { title: 'save as shown', group: 'file', writes: true },
  'save-force': { title: 'save over what others wrote', group: 'file', palette: ['w!'], writes: true },
  'toggle-serial': { title: 'raise the serial on saving, or not', group: 'file', writes: true },
  'quit': { title: 'quit', group: 'file', palette: ['q'] },
  'quit-now': { title: 'quit without saving', group: 'file', palette: ['q!'] },
  'reload': { title: 'read the files again', group: 'file', palette: ['reload'] },
  'reload-now': { title: 'take what is on the disk', group: 'file' },
  'keep': { title: 'keep what is here', group: 'file' },
  'merge': { title: 'merge both', group: 'file', palette: ['merge'], writes: true },
  'recover': { title: 'restore what was kept when an editor could not save', group: 'file', palette: ['recover'], writes: true },
  'recover-merge': { title: 'merge what was kept with the file', group: 'file', palette: ['recover-merge'], writes: true },
  'recover-drop': { title: 'discard what was kept', group: 'file', palette: ['recover-drop'] },
  'external-editor': { title: 'open in $EDITOR', group: 'file', palette: ['editor'], writes: true },
  'set': { title: 'set an option', group: 'file', palette: ['set'], argument: 'serial on|off' },
  'suspend': { title: 'to the shell; fg comes back', group: 'file' },
  'redraw': { title: 'draw the screen anew', group: 'file', palette: ['redraw'] },
  'interrupt': { title: 'twice: quit', group: 'file' },
  'palette': { title: 'command by name', group: 'panes' },
  'help': { title: 'help', group: 'panes', palette: ['help'] },
  'scroll-down': { title: 'down', group: 'typing' },
  'scroll-up': { title: 'up', group: 'typing' },
  'scroll-page-down': { title: 'a page down', group: 'typing' },
  'scroll-page-up': { title: 'a page up', group: 'typing' },
  'scroll-first': { title: 'to the beginning', group: 'typing' },
  'scroll-last': { title: 'to the end', group: 'typing' },
  'line-left': { title: 'left', group: 'typing' },
  'line-right': { title: 'right', group: 'typing' },
  'line-word-left': { title: 'a word to the left', group: 'typing' },
  'line-word-right': { title: 'a word to the right', group: 'typing' },
  'line-home': { title: 'to the start of the line', group: 'typing' },
  'line-end': { title: 'to the end of the line', group: 'typing' },
  'line-backspace': { title: 'delete the character before', group: 'typing' },
  'line-delete': { title: 'delete the character here', group: 'typing' },
  'line-kill': { title: 'cut to the end of the line', group: 'typing' },
  'line-kill-before': { title: 'cut to the start of the line', group: 'typing' },
  'line-kill-word': { title: 'cut the word before', group: 'typing' },
  'line-yank': { title: 'insert what was cut', group: 'typing' },
  'field-next': { title: 'next field', group: 'typing' },
  'field-previous': { title: 'field before', group: 'typing' },
  'filter-search': { title: 'filter by what is searched for', group: 'search and filter' },
  'complete': { title: 'complete', group: 'typing' },
  'complete-back': { title: 'completion before', group: 'typing' },
  'history-back': { title: 'line typed before', group: 'typing' },
  'history-forth': { title: 'line typed after', group: 'typing' },
  'accept': { title: 'accept', group: 'typing' },
  'cancel': { title: 'cancel', group: 'typing' },
} as const;

/** Names of all commands. */
export type CommandId = keyof typeof TABLE;

/** All commands with what people read of them. */
export const COMMANDS: Readonly<Record<CommandId, CommandFacts>> = TABLE;

/** The names of all commands in their order. */
export const COMMAND_IDS: readonly CommandId[] = Object.keys(TABLE) as CommandId[];
