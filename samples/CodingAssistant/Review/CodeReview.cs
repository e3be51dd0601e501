using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Alignment.Samples;

/// <summary>What checks of its syntax find in a C# method. The code is parsed and never run.</summary>
internal sealed class CodeReview
{
    private static readonly Dictionary<string, Func<MethodDeclarationSyntax, IEnumerable<string>>> Checks = new()
    {
        ["secure"] = SecureChecks.Of,
        ["correct"] = CorrectChecks.Of,
        ["robust"] = RobustChecks.Of,
        ["readable"] = ReadableChecks.Of,
    };

    private CodeReview(string? method, IReadOnlyList<Fault> faults) => (Method, Faults) = (method, faults);

    /// <summary>What code can be checked for.</summary>
    public static IReadOnlyList<string> Criteria { get; } = [.. Checks.Keys];

    /// <summary>The name of the first method; null where the text is no C#.</summary>
    public string? Method { get; }

    public bool Parses => Method is not null;

    public IReadOnlyList<Fault> Faults { get; }

    /// <summary>Whether the text is C# in which the checks of all criteria found nothing.</summary>
    public bool PassesAll => Parses && Faults.Count == 0;

    /// <summary>Whether the text is C# in which the checks of a criterion found nothing.</summary>
    public bool Passes(string criterion) => Parses && Faults.All(fault => fault.Criterion != criterion);

    /// <summary>How many faults a criterion has; more than any code can have where the text is no C#.</summary>
    public int Count(string criterion) => Parses ? Faults.Count(fault => fault.Criterion == criterion) : int.MaxValue;

    public static CodeReview Of(string answer)
    {
        // Methods stand in a class; an answer that closes it is no method.
        var tree = CSharpSyntaxTree.ParseText($"class Answer\n{{\n{WithoutFence(answer)}\n}}\n");
        var isCode = !tree.GetDiagnostics().Any(message => message.Severity == DiagnosticSeverity.Error);
        var methods = isCode && tree.GetCompilationUnitRoot().Members is [ClassDeclarationSyntax only]
            ? only.Members.OfType<MethodDeclarationSyntax>().ToList()
            : [];
        return new CodeReview(methods.FirstOrDefault()?.Identifier.Text,
            [.. from check in Checks from method in methods from message in check.Value(method).Distinct() select new Fault(check.Key, message)]);
    }

    // Models like to put code into a block of Markdown, with words around it.
    private static string WithoutFence(string answer)
    {
        var open = answer.IndexOf("```", StringComparison.Ordinal);
        if (open < 0) return answer;
        var start = answer.IndexOf('\n', open) + 1;
        var close = answer.IndexOf("```", open + 3, StringComparison.Ordinal);
        return start > 0 && close > start ? answer[start..close] : answer;
    }
}
