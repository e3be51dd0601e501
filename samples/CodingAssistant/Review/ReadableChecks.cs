using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Alignment.Samples;

/// <summary>What makes a reader guess and can be seen in the syntax of a method.</summary>
internal static partial class ReadableChecks
{
    public static IEnumerable<string> Of(MethodDeclarationSyntax method)
    {
        if (!MethodName().IsMatch(method.Identifier.Text)) yield return "The method is not named as methods are.";
        if (Names().Any(name => name.Length == 1)) yield return "A name is a single letter.";
        if (method.All<LiteralExpressionSyntax>().Any(IsMagic)) yield return "A number has no name.";
        if (method.All<IfStatementSyntax>().Any(inner => inner.Ancestors().OfType<IfStatementSyntax>().Count(outer => outer.Else?.Contains(inner) != true) >= 2))
            yield return "Conditions are nested deeply.";
        if (method.All<BinaryExpressionSyntax>().Any(compare => compare.IsKind(SyntaxKind.EqualsExpression) && IsBoolean(compare.Right)))
            yield return "A truth is compared with true or false.";
        if (method.All<ConditionalExpressionSyntax>().Any(choice => IsBoolean(choice.WhenTrue) && IsBoolean(choice.WhenFalse)))
            yield return "A truth is turned into itself.";
        if (method.All<IfStatementSyntax>().Any(branch => branch.Else is not null && (branch.Statement is ReturnStatementSyntax or BlockSyntax { Statements: [.., ReturnStatementSyntax] })))
            yield return "An else follows a return.";
        if (method.All<LocalDeclarationStatementSyntax>().SelectMany(local => local.Declaration.Variables).Any(variable => !method.Uses(variable.Identifier.Text)))
            yield return "A variable is never used.";
        if (method.DescendantTrivia().Any(trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) && trivia.ToString().TrimEnd() is [.., ';' or '{' or '}']))
            yield return "Code stands in a comment.";

        // Counters of loops and parameters of lambdas may be short.
        IEnumerable<string> Names() =>
        [
            .. method.ParameterList.Parameters.Select(parameter => parameter.Identifier.Text),
            .. method.All<LocalDeclarationStatementSyntax>().SelectMany(local => local.Declaration.Variables).Select(variable => variable.Identifier.Text),
            .. method.All<ForEachStatementSyntax>().Select(loop => loop.Identifier.Text),
        ];
    }

    private static bool IsBoolean(ExpressionSyntax value) => value.IsKind(SyntaxKind.TrueLiteralExpression) || value.IsKind(SyntaxKind.FalseLiteralExpression);

    // 0, 1 and 2 speak for themselves, and what is given to a constant or a named method has a name.
    private static bool IsMagic(LiteralExpressionSyntax literal) => literal.IsKind(SyntaxKind.NumericLiteralExpression)
        && literal.Parent is BinaryExpressionSyntax && literal.Token.Value is not (0 or 1 or 2 or 0.0 or 1.0 or 2.0);

    [GeneratedRegex("^[A-Z][A-Za-z0-9]*$")]
    private static partial Regex MethodName();
}
