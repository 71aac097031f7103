vim9script
# Works with the server on the file that is open. Run by run.sh.

const TYPO = 'connect:DescribeUsr'
const LIMIT = 20000
const FILE = expand('%:t')

var lines: list<string> = []
var failed = 0

def Wait(what: string, Holds: func(): bool)
  var waited = 0
  while !Holds()
    if waited > LIMIT
      throw $'in vain: {what}'
    endif
    # Vim reads from the server while it sleeps.
    sleep 20m
    waited += 20
  endwhile
enddef

def Equal(got: any, expected: any)
  if got != expected
    throw $'{string(got)}, expected {string(expected)}'
  endif
enddef

def Findings(): list<any>
  return ale#engine#GetLoclist(bufnr())->copy()->filter((_, one) => one.linter_name == 'connect-policy')
enddef

def Unknown(): list<any>
  return Findings()->filter((_, one) => one.code == 'unknown-action')
enddef

def Test(name: string, Body: func())
  try
    Body()
    add(lines, $'ok   {FILE}: {name}')
  catch
    failed += 1
    add(lines, $'FAIL {FILE}: {name}' .. "\n" .. v:exception)
  endtry
enddef

def FindsTheTypo()
  Wait('the typo is found', () => len(Unknown()) > 0)
  Equal(len(Unknown()), 1)
  const finding = Unknown()[0]
  Equal(strpart(getline(finding.lnum), finding.col - 1, finding.end_col - finding.col + 1), TYPO)
  Equal(finding.type, 'W')
enddef

def Describes()
  search('connect:ListQueues', 'w')
  ALEHover
  Wait('an action is described', () => bufwinid('ALEPreviewWindow') > 0
    && getbufline(bufnr('ALEPreviewWindow'), 1, '$')->join()->stridx('ListQueues') >= 0)
  pclose
enddef

def CorrectsTheTypo()
  const before = getline(1, '$')
  search(TYPO, 'w')
  ale#codefix#Execute(false, (data, actions) => {
    const chosen = actions->copy()->filter((_, one) => one[1].title =~ 'connect:DescribeUser`')
    Equal(len(chosen), 1)
    ale#codefix#ApplyLSPCodeAction(data, chosen[0][1])
  })
  Wait('the text is corrected', () => search('connect:DescribeUser\>', 'nw') > 0)
  Equal(getline(1, '$'), before->mapnew((_, line) => substitute(line, TYPO, 'connect:DescribeUser', '')))
  # Vim tells plugins of changed text when nobody types, which a script never comes to.
  ALELint
  Wait('the finding is gone', () => len(Unknown()) == 0)
enddef

def FollowsEdits()
  const line = search('connect:DescribeUser', 'w')
  setline(line, getline(line)->substitute('connect:DescribeUser', 'connect:Déscribe😀Usr', ''))
  ALELint
  Wait('a finding is back', () => len(Findings()) > 0)
  setline(line, getline(line)->substitute('connect:Déscribe😀Usr', TYPO, ''))
  ALELint
  Wait('it is the typo again', () => len(Unknown()) == 1)
  FindsTheTypo()
enddef

Test('the typo is found, once', FindsTheTypo)
Test('hover describes an action', Describes)
Test('the code action corrects the typo', CorrectsTheTypo)
Test('a finding comes with an edit, at the right place', FollowsEdits)
add(lines, $'{FILE}: {len(lines) - failed} passed, {failed} failed')
writefile(lines, $RESULT)
execute failed == 0 ? 'qall!' : 'cquit!'
