namespace Alignment.Data.Templates;

/// <summary>What <c>namespace(...)</c> makes: the only object that a template may change.</summary>
internal sealed class Namespace(Map members) : Thing
{
    private readonly Map _members = members;

    public override string TypeName => "Namespace";

    public Map Members => _members;

    public override Value Member(Rendering rendering, string name) => _members.TryGet(Value.Of(name), out var value) ? value : default;

    public void Set(Rendering rendering, string name, Value value)
    {
        _members.Set(Value.Of(name), value);
        rendering.ThrowIfTooMany(_members.Count);
    }
}
