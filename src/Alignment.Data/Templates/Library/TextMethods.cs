using System.Collections.Frozen;
using System.Globalization;

namespace Alignment.Data.Templates;

/// <summary>The methods of texts.</summary>
internal static class TextMethods
{
    private static readonly FrozenDictionary<string, Method> All = new Dictionary<string, Method>
    {
        ["strip"] = Strips(left: true, right: true),
        ["lstrip"] = Strips(left: true, right: false),
        ["rstrip"] = Strips(left: false, right: true),
        ["upper"] = Changes(PythonText.Upper),
        ["lower"] = Changes(PythonText.Lower),
        ["casefold"] = Changes(PythonText.Lower),
        ["title"] = Changes(PythonText.TitleByLetters),
        ["capitalize"] = Changes(PythonText.Capitalize),
        ["startswith"] = (rendering, self, arguments) => Affix(rendering, self, arguments, "startswith"),
        ["endswith"] = (rendering, self, arguments) => Affix(rendering, self, arguments, "endswith"),
        ["removeprefix"] = (rendering, self, arguments) =>
            Given(rendering, self, arguments, "removeprefix") is var prefix && self.Text.StartsWith(prefix, StringComparison.Ordinal)
                ? rendering.Made(self.Text[prefix.Length..])
                : self,
        ["removesuffix"] = (rendering, self, arguments) =>
            Given(rendering, self, arguments, "removesuffix") is var suffix && self.Text.EndsWith(suffix, StringComparison.Ordinal)
                ? rendering.Made(self.Text[..^suffix.Length])
                : self,
        ["replace"] = Replace,
        ["join"] = (rendering, self, arguments) => Joining.Join(
            rendering, Iteration.Of(rendering, arguments.Bind(rendering, "join", 1, "values")[0]), self.Text, onlyTexts: true),
        ["find"] = (rendering, self, arguments) => TextSearch.Find(rendering, self, arguments, "find"),
        ["rfind"] = (rendering, self, arguments) => TextSearch.Find(rendering, self, arguments, "rfind"),
        ["index"] = (rendering, self, arguments) => TextSearch.Find(rendering, self, arguments, "index"),
        ["rindex"] = (rendering, self, arguments) => TextSearch.Find(rendering, self, arguments, "rindex"),
        ["count"] = TextSearch.Count,
        ["split"] = TextSplitting.Split,
        ["rsplit"] = TextSplitting.SplitFromRight,
        ["splitlines"] = TextSplitting.SplitLines,
        ["partition"] = (rendering, self, arguments) => TextSplitting.Partition(rendering, self, arguments, fromRight: false),
        ["rpartition"] = (rendering, self, arguments) => TextSplitting.Partition(rendering, self, arguments, fromRight: true),
        ["format"] = BraceFormat.Apply,
        ["zfill"] = ZeroFill,
        ["center"] = (rendering, self, arguments) => Padding.Pad(rendering, self, arguments, "center"),
        ["ljust"] = (rendering, self, arguments) => Padding.Pad(rendering, self, arguments, "ljust"),
        ["rjust"] = (rendering, self, arguments) => Padding.Pad(rendering, self, arguments, "rjust"),
        ["isspace"] = Asks(text => text.Length > 0 && text.All(Space.Is)),
        ["islower"] = Asks(PythonText.IsLower),
        ["isupper"] = Asks(PythonText.IsUpper),
        ["isdigit"] = Asks(text => PythonText.All(text, kind => kind == UnicodeCategory.DecimalDigitNumber)),
        ["isdecimal"] = Asks(text => PythonText.All(text, kind => kind == UnicodeCategory.DecimalDigitNumber)),
        ["isnumeric"] = Asks(text => PythonText.All(text, IsNumeric)),
        ["isalpha"] = Asks(text => PythonText.All(text, IsLetter)),
        ["isalnum"] = Asks(text => PythonText.All(text, kind => IsLetter(kind) || IsNumeric(kind))),
    }.ToFrozenDictionary();

    public static Method? Find(string name) => All.GetValueOrDefault(name);

    private static bool IsLetter(UnicodeCategory kind) => kind <= UnicodeCategory.OtherLetter;

    private static bool IsNumeric(UnicodeCategory kind)
        => kind is UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;

    private static Method Strips(bool left, bool right) => (rendering, self, arguments) =>
    {
        var characters = arguments.Bind(rendering, "strip", 0, "chars")[0];
        var given = characters.IsMissing || characters.IsNone ? null : Require.Text(rendering, characters, "What strip() takes away");
        rendering.Charge((long)self.Text.Length * Math.Min(given?.Length ?? 1, self.Text.Length + 1) / 16);
        return rendering.Made(PythonText.Strip(self.Text, given, left, right));
    };

    private static Method Changes(Func<string, string> change) => (rendering, self, arguments) =>
    {
        arguments.Bind(rendering, "The method", 0);
        return rendering.Made(change(self.Text));
    };

    private static Method Asks(Predicate<string> holds) => (rendering, self, arguments) =>
    {
        arguments.Bind(rendering, "The method", 0);
        rendering.Charge(self.Text.Length);
        return Value.Of(holds(self.Text));
    };

    private static string Given(Rendering rendering, Value self, Arguments arguments, string method)
    {
        rendering.ChargeScan(self.Text.Length);
        return Require.Text(rendering, arguments.Bind(rendering, method, 1, "text")[0], $"The argument of {method}()");
    }

    // One text, or a tuple of which one must do.
    private static Value Affix(Rendering rendering, Value self, Arguments arguments, string method)
    {
        var bound = arguments.Bind(rendering, method, 1, "text", "start", "end");
        var text = TextSearch.Within(rendering, self, bound[1], bound[2]).Text;
        var isTuple = bound[0].Kind == ValueKind.Sequence && bound[0].Sequence.Form == SequenceForm.Tuple;
        foreach (var option in isTuple ? bound[0].Sequence.Take() : [bound[0]])
        {
            var affix = Require.Text(rendering, option, $"The argument of {method}()");
            rendering.Step();
            rendering.ChargeScan(affix.Length);
            if (method == "startswith" ? text.StartsWith(affix, StringComparison.Ordinal) : text.EndsWith(affix, StringComparison.Ordinal))
                return Value.True;
        }

        return Value.False;
    }

    private static Value Replace(Rendering rendering, Value self, Arguments arguments)
    {
        var bound = arguments.Bind(rendering, "replace", 2, "old", "new", "count");
        return Joining.Replace(
            rendering,
            self.Text,
            Require.Text(rendering, bound[0], "What replace() looks for"),
            Require.Text(rendering, bound[1], "What replace() puts there"),
            bound[2].IsMissing ? -1 : Require.Integer(rendering, bound[2], "The count of replace()"));
    }

    private static Value ZeroFill(Rendering rendering, Value self, Arguments arguments)
    {
        var width = Require.Integer(rendering, arguments.Bind(rendering, "zfill", 1, "width")[0], "The width of zfill()");
        var signLength = self.Text.Length > 0 && self.Text[0] is '-' or '+' ? 1 : 0;
        return Value.Of(new BoundedText(rendering)
            .Append(self.Text.AsSpan(0, signLength))
            .Append('0', width - CodePoints.Count(self.Text))
            .Append(self.Text.AsSpan(signLength))
            .ToString());
    }
}
