using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Alignment.Samples;

/// <summary>What the checks ask of syntax.</summary>
internal static class Syntax
{
    public static IEnumerable<T> All<T>(this SyntaxNode node) where T : SyntaxNode => node.DescendantNodes().OfType<T>();

    /// <summary>The name that is called: <c>Combine</c> in <c>Path.Combine(a, b)</c>.</summary>
    public static string Name(this InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax member => member.Name.Identifier.Text,
        MemberBindingExpressionSyntax member => member.Name.Identifier.Text,
        SimpleNameSyntax name => name.Identifier.Text,
        _ => "",
    };

    /// <summary>Whether something of these names is called.</summary>
    public static bool Calls(this SyntaxNode node, params string[] names) => node.All<InvocationExpressionSyntax>().Any(call => names.Contains(call.Name()));

    /// <summary>Whether a name is used.</summary>
    public static bool Uses(this SyntaxNode node, string name) => node.All<IdentifierNameSyntax>().Any(used => used.Identifier.Text == name);

    /// <summary>Texts that are put together from literals and other values.</summary>
    public static IEnumerable<(string Fixed, ExpressionSyntax Whole)> MixedTexts(this SyntaxNode node) =>
    [
        .. from text in node.All<InterpolatedStringExpressionSyntax>()
           where text.Contents.Any(part => part is InterpolationSyntax)
           select (string.Concat(text.Contents.OfType<InterpolatedStringTextSyntax>().Select(part => part.TextToken.ValueText)), (ExpressionSyntax)text),
        .. from sum in node.All<BinaryExpressionSyntax>()
           where sum.IsKind(SyntaxKind.AddExpression) && sum.Parent is not BinaryExpressionSyntax && sum.All<IdentifierNameSyntax>().Any()
           select (string.Concat(sum.Literals()), (ExpressionSyntax)sum),
    ];

    /// <summary>The texts of string literals.</summary>
    public static IEnumerable<string> Literals(this SyntaxNode node) =>
        node.All<LiteralExpressionSyntax>().Where(literal => literal.IsKind(SyntaxKind.StringLiteralExpression)).Select(literal => literal.Token.ValueText);
}
