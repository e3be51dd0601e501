namespace Alignment.Data.Templates;

/// <summary>What a macro's text says: its parameters, their defaults, and which of the extra names its body reads.</summary>
internal sealed record MacroText(
    string Name, string[] Parameters, Expression?[] Defaults, Block Body, bool ReadsRest, bool ReadsNamedRest, bool ReadsCaller);

/// <summary><c>{% macro %}</c>.</summary>
internal sealed class MacroStatement(int position, MacroText text) : Statement(position)
{
    public override Outcome Execute(Rendering rendering, Scope scope)
    {
        scope.Set(text.Name, Value.Of(new Macro(text, scope)));
        return Outcome.Done;
    }
}

/// <summary><c>{% call(parameters) callee(arguments) %}body{% endcall %}</c>: the callee may call the body as <c>caller()</c>.</summary>
internal sealed class CallBlock(int position, Call call, MacroText body) : Statement(position)
{
    public override Outcome Execute(Rendering rendering, Scope scope)
    {
        var value = call.EvaluateWith(rendering, scope, "caller", Value.Of(new Macro(body, scope)));
        rendering.Output.Append(Display.Text(rendering, value));
        return Outcome.Done;
    }
}

/// <summary>A macro with the block in which it was written.</summary>
internal sealed class Macro(MacroText text, Scope outer) : Callable
{
    private const string Caller = "caller";

    public override string TypeName => "Macro";

    public override string Display => $"<Macro '{text.Name}'>";

    public override Value Member(Rendering rendering, string name) => name == "name" ? Value.Of(text.Name) : default;

    public override Value Invoke(Rendering rendering, Arguments arguments)
    {
        rendering.Enter();
        var scope = new Scope(outer);
        Bind(rendering, scope, arguments);
        var result = rendering.Capture(() => text.Body.Execute(rendering, scope));
        rendering.Leave();
        return Value.Of(result);
    }

    private void Bind(Rendering rendering, Scope scope, Arguments arguments)
    {
        var named = new Dictionary<string, Value>();
        foreach (var (name, value) in arguments.Named)
            named[name] = value;

        for (var i = 0; i < text.Parameters.Length; i++)
        {
            var name = text.Parameters[i];
            var isNamed = named.Remove(name, out var value);
            if (i < arguments.Positional.Length)
                value = !isNamed ? arguments.Positional[i] : throw rendering.Error($"{text.Name}() got two values for the argument '{name}'.");
            else if (!isNamed)
                value = text.Defaults[i]?.Evaluate(rendering, scope) ?? Value.UndefinedBecause($"The parameter '{name}' was not provided");
            scope.Set(name, value);
        }

        if (text.ReadsCaller && Array.IndexOf(text.Parameters, Caller) < 0)
            scope.Set(Caller, named.Remove(Caller, out var caller) ? caller : Value.UndefinedBecause("No caller is defined"));
        BindRest(rendering, scope, arguments, named);
    }

    private void BindRest(Rendering rendering, Scope scope, Arguments arguments, Dictionary<string, Value> named)
    {
        if (text.ReadsRest)
            scope.Set("varargs", Sequence.Tuple(arguments.Skip(text.Parameters.Length).Positional));
        else if (arguments.Positional.Length > text.Parameters.Length)
            throw rendering.Error($"{text.Name}() takes at most {text.Parameters.Length} arguments; {arguments.Positional.Length} were given.");

        if (text.ReadsNamedRest)
        {
            var rest = new Map();
            foreach (var (name, value) in named)
                rest.Set(Value.Of(name), value);
            scope.Set("kwargs", Value.Of(rest));
        }
        else if (named.Count > 0)
        {
            throw rendering.Error($"{text.Name}() has no argument '{named.First().Key}'.");
        }
    }
}
