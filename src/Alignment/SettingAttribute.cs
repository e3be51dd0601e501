namespace Alignment;

/// <summary>A property without <c>init</c> that is a setting all the same, since a constructor writes it.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SettingAttribute : Attribute;
