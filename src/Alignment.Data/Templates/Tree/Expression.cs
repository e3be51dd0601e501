namespace Alignment.Data.Templates;

/// <summary>What has a value, and where it stands.</summary>
internal abstract class Expression(int position)
{
    public int Position { get; } = position;

    public abstract Value Evaluate(Rendering rendering, Scope scope);
}

/// <summary>An expression of others: each evaluation is a step, one level deeper.</summary>
internal abstract class Operation(int position) : Expression(position)
{
    public sealed override Value Evaluate(Rendering rendering, Scope scope)
    {
        rendering.Enter(Position);
        var value = Compute(rendering, scope);
        rendering.Leave();
        return value;
    }

    protected abstract Value Compute(Rendering rendering, Scope scope);
}
