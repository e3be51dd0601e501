using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Alignment.Samples;

/// <summary>What fails on a bad day and can be seen in the syntax of a method.</summary>
internal static class RobustChecks
{
    private static readonly string[] Disposables = ["StreamReader", "StreamWriter", "FileStream", "HttpClient", "SqlConnection", "SqlCommand"];
    private static readonly string[] Openers = ["OpenText", "OpenRead", "OpenWrite", "CreateText", "CreateCommand", "GetAsync"];

    public static IEnumerable<string> Of(MethodDeclarationSyntax method)
    {
        if (method.All<LocalDeclarationStatementSyntax>().Any(local => local.UsingKeyword == default && local.Declaration.Variables.Any(IsLeft)))
            yield return "Something is opened and not released.";
        if (method.All<CatchClauseSyntax>().Any(caught => caught.Block.Statements.Count == 0)) yield return "An error is swallowed.";
        if (method.ParameterList.Parameters.Any(parameter => parameter.Type?.ToString() == "CancellationToken" && !Body().Uses(parameter.Identifier.Text)))
            yield return "Cancellation is not passed on.";
        if (method.All<MemberAccessExpressionSyntax>().Any(member => member.Name.Identifier.Text is "Parse" or "ToInt32" && member.Expression.ToString() is "int" or "double" or "decimal" or "DateTime" or "Convert"))
            yield return "Text is parsed as if it were always right.";
        if (method.All<MemberAccessExpressionSyntax>().Any(member => member.Name.Identifier.Text is "First" or "Single" or "Last" && member.Parent is InvocationExpressionSyntax))
            yield return "A list is read as if it always held what is looked for.";
        if (method.All<ThrowStatementSyntax>().Any(thrown => thrown.Expression is IdentifierNameSyntax)) yield return "An error loses its stack trace.";
        if (method.Calls("GetAsync", "PostAsync", "SendAsync") && !method.Calls("EnsureSuccessStatusCode") && !method.Uses("IsSuccessStatusCode"))
            yield return "The status of a response is not looked at.";
        if (method.All<LockStatementSyntax>().Any(one => one.Expression is ThisExpressionSyntax or TypeOfExpressionSyntax or LiteralExpressionSyntax))
            yield return "Others can hold the lock.";

        CSharpSyntaxNode Body() => (CSharpSyntaxNode?)method.Body ?? method.ExpressionBody ?? (CSharpSyntaxNode)method;

        // What is returned is released by the caller.
        bool IsLeft(VariableDeclaratorSyntax variable)
        {
            var value = variable.Initializer?.Value is AwaitExpressionSyntax waited ? waited.Expression : variable.Initializer?.Value;
            var opens = value switch
            {
                ObjectCreationExpressionSyntax made => Disposables.Contains(made.Type.ToString()),
                InvocationExpressionSyntax call => Openers.Contains(call.Name()),
                _ => false,
            };
            return opens && !method.All<ReturnStatementSyntax>().Any(returned => returned.Expression is IdentifierNameSyntax name && name.Identifier.Text == variable.Identifier.Text);
        }
    }
}
