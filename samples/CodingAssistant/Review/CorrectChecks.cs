using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Alignment.Samples;

/// <summary>Errors that can be seen in the syntax of a method; most can't.</summary>
internal static partial class CorrectChecks
{
    public static IEnumerable<string> Of(MethodDeclarationSyntax method)
    {
        if (method.All<ForStatementSyntax>().Any(loop => loop.Condition is BinaryExpressionSyntax condition
            && condition.IsKind(SyntaxKind.LessThanOrEqualExpression) && IsSize(condition.Right)))
            yield return "A loop goes one too far.";
        if (method.All<ExpressionStatementSyntax>().Any(statement => statement.Expression is InvocationExpressionSyntax call && IsAsync(call)))
            yield return "A call is not awaited.";
        if (method.All<MemberAccessExpressionSyntax>().Any(member => member.Name.Identifier.Text is "Result" or "Wait" && member.Expression is InvocationExpressionSyntax call && IsAsync(call)))
            yield return "A thread waits for a task.";
        if (method.Modifiers.Any(SyntaxKind.AsyncKeyword) && method.ReturnType.ToString() == "void") yield return "async void loses errors.";
        if (method.ReturnType.ToString() is "double" or "float" or "decimal" && method.All<BinaryExpressionSyntax>().Any(IsOfIntegers))
            yield return "A division of integers loses its rest.";
        if (method.All<ForEachStatementSyntax>().Any(loop => loop.All<InvocationExpressionSyntax>().Any(call =>
            call.Expression is MemberAccessExpressionSyntax { Name.Identifier.Text: "Remove" or "Add" or "Insert" or "Clear" } member && member.Expression.IsEquivalentTo(loop.Expression))))
            yield return "A list changes while it is read.";
        if (method.All<BinaryExpressionSyntax>().Any(compare => compare.IsKind(SyntaxKind.EqualsExpression)
            && (compare.Left is InvocationExpressionSyntax left && IsCase(left) || compare.Right is InvocationExpressionSyntax right && IsCase(right)))
            || method.All<BinaryExpressionSyntax>().Any() && method.All<EqualsValueClauseSyntax>().Any(value => value.Value is InvocationExpressionSyntax call && IsCase(call)))
            yield return "Case is changed by the culture of the machine.";
        if (method.All<MemberAccessExpressionSyntax>().Any(member => member.ToString() is "DateTime.Now" or "DateTime.Today")) yield return "Time is that of the machine.";
        if (method.ParameterList.Parameters.Any(parameter => parameter.Type?.ToString() is "double" or "float" && Money().IsMatch(parameter.Identifier.Text)))
            yield return "Money is rounded to binary fractions.";

        // An identifier is taken for an integer where a local of that name begins as one.
        bool IsOfIntegers(BinaryExpressionSyntax division) => division.IsKind(SyntaxKind.DivideExpression) && IsSize(division.Right)
            && (division.Left is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "Sum" } }
                || division.Left is IdentifierNameSyntax name && method.All<VariableDeclaratorSyntax>().Any(local => local.Identifier.Text == name.Identifier.Text
                    && local.Initializer?.Value is LiteralExpressionSyntax { Token.Value: int } && local.Parent is VariableDeclarationSyntax { Type: var type } && type.ToString() is "int" or "var"));
    }

    private static bool IsAsync(InvocationExpressionSyntax call) => call.Name().EndsWith("Async", StringComparison.Ordinal);

    private static bool IsCase(InvocationExpressionSyntax call) => call.Name() is "ToLower" or "ToUpper";

    private static bool IsSize(ExpressionSyntax value) => value is MemberAccessExpressionSyntax { Name.Identifier.Text: "Length" or "Count" };

    [GeneratedRegex("^(price|fee|deposit|tax|amount|cost|total)$", RegexOptions.IgnoreCase)]
    private static partial Regex Money();
}
