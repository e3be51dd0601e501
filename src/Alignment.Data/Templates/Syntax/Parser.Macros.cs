namespace Alignment.Data.Templates;

/// <content>Macros and what calls them with a body.</content>
internal sealed partial class Parser
{
    // The names that the macro being read reads: its body gets varargs, kwargs and caller only where it does.
    private HashSet<string> _namesRead = [];

    private MacroStatement ParseMacro(int position)
    {
        var name = TakeName();
        ExpectSign("(");
        var (parameters, defaults) = ParseSignature();
        return new MacroStatement(position, ParseMacroBody(name, parameters, defaults, "endmacro"));
    }

    private CallBlock ParseCallBlock(int position)
    {
        var (parameters, defaults) = TrySign("(") ? ParseSignature() : ([], []);
        var callee = ParseExpression() as Call ?? throw _source.Error(position, "A call block must name a call, such as '{% call name() %}'.");
        return new CallBlock(position, callee, ParseMacroBody("caller", parameters, defaults, "endcall"));
    }

    private MacroText ParseMacroBody(string name, string[] parameters, Expression?[] defaults, string end)
    {
        var outerNames = _namesRead;
        var names = _namesRead = [];
        var body = ParseClosed(end);
        _namesRead = outerNames;
        return new MacroText(name, parameters, defaults, body, names.Contains("varargs"), names.Contains("kwargs"), names.Contains("caller"));
    }

    private (string[] Parameters, Expression?[] Defaults) ParseSignature()
    {
        var parameters = new List<string>();
        var defaults = new List<Expression?>();
        while (!IsSign(")"))
        {
            if (parameters.Count > 0)
                ExpectSign(",");
            parameters.Add(TakeName());
            var otherwise = TrySign("=") ? ParseExpression() : null;
            if (otherwise is null && defaults.Exists(value => value is not null))
                throw Error("A parameter without a default must not follow one with a default.");
            defaults.Add(otherwise);
        }

        ExpectSign(")");
        return ([.. parameters], [.. defaults]);
    }
}
