namespace Idp.Operator.Yaml;

/// <summary>The scalar types of JSON.</summary>
internal enum ScalarKind
{
    Null,
    True,
    False,
    Number,
    Text,
}
