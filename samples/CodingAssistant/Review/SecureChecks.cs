using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Alignment.Samples;

/// <summary>Ways into a system that can be seen in the syntax of a method.</summary>
internal static partial class SecureChecks
{
    private static readonly string[] Weak = ["MD5", "SHA1", "DES", "TripleDES", "BinaryFormatter", "DangerousAcceptAnyServerCertificateValidator"];
    private static readonly string[] Shells = ["sh", "bash", "cmd", "cmd.exe", "powershell", "/bin/sh", "/bin/bash"];

    public static IEnumerable<string> Of(MethodDeclarationSyntax method)
    {
        foreach (var (text, whole) in method.MixedTexts())
        {
            if (Statement().IsMatch(text)) yield return "SQL is put together from text.";
            if (Tag().IsMatch(text) && !method.Calls("HtmlEncode", "Encode")) yield return "HTML holds text that is not encoded.";
            if (whole.All<IdentifierNameSyntax>().Any(name => IsSecret(name.Identifier.Text)) && method.All<InvocationExpressionSyntax>().Any(IsLog))
                yield return "A secret gets into a log.";
        }
        if (method.All<InvocationExpressionSyntax>().Where(IsLog).Any(call =>
            call.ArgumentList.Arguments.Any(argument => argument.Expression is IdentifierNameSyntax name && IsSecret(name.Identifier.Text))))
            yield return "A secret gets into a log.";
        if (method.Literals().Any(text => text.Contains("Password=", StringComparison.OrdinalIgnoreCase)) || method.All<VariableDeclaratorSyntax>().Any(HoldsSecret))
            yield return "A secret stands in the code.";
        foreach (var name in method.All<IdentifierNameSyntax>().Where(name => Weak.Contains(name.Identifier.Text)))
            yield return $"{name.Identifier.Text} is not fit for security.";
        if (method.All<ObjectCreationExpressionSyntax>().Any(made => made.Type.ToString() == "Random")
            || method.All<MemberAccessExpressionSyntax>().Any(member => member.ToString() == "Random.Shared"))
            yield return "Random can be guessed.";
        if (method.Literals().Any(Shells.Contains) || method.Calls("Start") && method.All<InterpolatedStringExpressionSyntax>().Any())
            yield return "A shell or a command line gets text.";
        if (method.Calls("Combine") && !method.Calls("GetFileName", "StartsWith")) yield return "A path is not checked.";
    }

    private static bool IsLog(InvocationExpressionSyntax call) => call.Name().StartsWith("Log", StringComparison.Ordinal);

    private static bool IsSecret(string name) => Secret().IsMatch(name);

    private static bool HoldsSecret(VariableDeclaratorSyntax variable) => IsSecret(variable.Identifier.Text)
        && variable.Initializer?.Value is LiteralExpressionSyntax value && value.IsKind(SyntaxKind.StringLiteralExpression) && value.Token.ValueText.Length > 0;

    [GeneratedRegex(@"\b(SELECT|INSERT|UPDATE|DELETE)\b")]
    private static partial Regex Statement();

    [GeneratedRegex(@"<[a-z]+[0-9]?[ >]")]
    private static partial Regex Tag();

    [GeneratedRegex(@"^(password|passphrase|pin|secret|apiKey)$", RegexOptions.IgnoreCase)]
    private static partial Regex Secret();
}
