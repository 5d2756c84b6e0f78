using System.Text;

namespace Idp.Testing.Schemas;

/// <summary>Makes texts that a regular expression matches, of the syntax that Kubernetes allows in schemas (RE2).</summary>
/// <remarks>https://github.com/google/re2/wiki/Syntax : no look-around, no back-references; what is rarer still is not read here.</remarks>
internal sealed class RandomText
{
    private const string Printable = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_. /:é";
    private readonly string _pattern;
    private readonly Random _random;
    private readonly int _most;
    private int _at;

    private RandomText(string pattern, Random random, int most) => (_pattern, _random, _most) = (pattern, random, most);

    /// <summary>Makes one text.</summary>
    /// <param name="pattern">What matches it.</param>
    /// <param name="random">Where choices come from.</param>
    /// <param name="most">How often anything is repeated that may be repeated without end.</param>
    public static string Make(string pattern, Random random, int most)
    {
        var text = new StringBuilder();
        new RandomText(pattern, random, most).Alternatives()(text);
        return text.ToString();
    }

    /// <summary>A text of any characters.</summary>
    public static string Any(Random random, int length) =>
        new([.. Enumerable.Range(0, length).Select(_ => Printable[random.Next(Printable.Length)])]);

    private bool Ended => _at >= _pattern.Length;

    private Action<StringBuilder> Alternatives()
    {
        List<Action<StringBuilder>> choices = [Sequence()];
        while (!Ended && _pattern[_at] == '|')
        {
            _at++;
            choices.Add(Sequence());
        }

        return text => choices[_random.Next(choices.Count)](text);
    }

    private Action<StringBuilder> Sequence()
    {
        List<Action<StringBuilder>> parts = [];
        while (!Ended && _pattern[_at] is not ('|' or ')'))
        {
            parts.Add(Repeated(Atom()));
        }

        return text => parts.ForEach(part => part(text));
    }

    private Action<StringBuilder> Atom()
    {
        switch (_pattern[_at++])
        {
            case '^' or '$':
                return static _ => { };
            case '(':
                _at += _pattern.AsSpan(_at).StartsWith("?:") ? 2 : 0;
                var group = Alternatives();
                _at++;
                return group;
            case '[':
                return OneOf(Class());
            case '.':
                return OneOf([.. Printable]);
            case '\\':
                return OneOf(Escaped());
            case var literal:
                return text => text.Append(literal);
        }
    }

    private Action<StringBuilder> Repeated(Action<StringBuilder> atom)
    {
        var (least, most) = Ended ? (1, 1) : Quantifier();
        return text =>
        {
            for (var count = _random.Next(least, most + 1); count > 0; count--)
            {
                atom(text);
            }
        };
    }

    private (int Least, int Most) Quantifier()
    {
        switch (_pattern[_at])
        {
            case '?':
                _at++;
                return (0, 1);
            case '*':
                _at++;
                return (0, _most);
            case '+':
                _at++;
                return (1, Math.Max(1, _most));
            case '{':
                var end = _pattern.IndexOf('}', _at);
                var bounds = _pattern[(_at + 1)..end].Split(',');
                _at = end + 1;
                var least = int.Parse(bounds[0], System.Globalization.CultureInfo.InvariantCulture);
                return bounds switch
                {
                    [_] => (least, least),
                    [_, ""] => (least, least + _most),
                    [_, var most] => (least, int.Parse(most, System.Globalization.CultureInfo.InvariantCulture)),
                    _ => (1, 1),
                };
            default:
                return (1, 1);
        }
    }

    private List<char> Class()
    {
        var negated = _pattern[_at] == '^';
        _at += negated ? 1 : 0;
        List<char> members = [];
        for (var first = true; first || _pattern[_at] != ']'; first = false)
        {
            var from = Member();
            if (from.Count == 1 && _pattern[_at] == '-' && _pattern[_at + 1] != ']')
            {
                _at++;
                var to = Member()[0];
                members.AddRange(Enumerable.Range(from[0], to - from[0] + 1).Select(code => (char)code));
            }
            else
            {
                members.AddRange(from);
            }
        }

        _at++;
        return negated ? [.. Printable.Except(members)] : members;
    }

    private List<char> Member()
    {
        var character = _pattern[_at++];
        return character == '\\' ? Escaped() : [character];
    }

    private List<char> Escaped()
    {
        switch (_pattern[_at++])
        {
            case 'd':
                return [.. "0123456789"];
            case 'w':
                return [.. Printable.Where(character => char.IsAsciiLetterOrDigit(character) || character == '_')];
            case 's':
                return [' '];
            case 'x':
                var code = Convert.ToInt32(_pattern.Substring(_at, 2), 16);
                _at += 2;
                return [(char)code];
            case var literal:
                return [literal];
        }
    }

    private Action<StringBuilder> OneOf(List<char> members) => text => text.Append(members[_random.Next(members.Count)]);
}
