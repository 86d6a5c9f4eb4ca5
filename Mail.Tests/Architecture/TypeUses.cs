using System.Reflection;
using System.Reflection.Emit;

namespace Mail.Tests.Architecture;

/// <summary>Which types a type uses: in its shape (bases, members, attributes) and in the instructions of its methods.</summary>
internal static class TypeUses
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<ushort, OpCode> _opCodes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => (ushort)code.Value);

    /// <summary>Without nested types: the compiler's closures and state machines are types of their own and are asked for themselves.</summary>
    public static HashSet<Type> Of(Type type)
    {
        HashSet<Type> uses = [];
        Add(uses, type.BaseType);
        foreach (Type implemented in type.GetInterfaces()) Add(uses, implemented);
        AddAttributes(uses, type.GetCustomAttributesData());
        foreach (FieldInfo field in type.GetFields(All)) Add(uses, field.FieldType);
        foreach (MemberInfo member in type.GetMembers(All)) AddAttributes(uses, member.GetCustomAttributesData());
        foreach (MethodBase method in type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All))) AddMethod(uses, method);
        return uses;
    }

    private static void AddMethod(HashSet<Type> uses, MethodBase method)
    {
        AddSignature(uses, method);
        if (method.GetMethodBody() is not { } body) return;
        foreach (LocalVariableInfo local in body.LocalVariables) Add(uses, local.LocalType);
        foreach (ExceptionHandlingClause clause in body.ExceptionHandlingClauses)
        {
            if (clause.Flags == ExceptionHandlingClauseOptions.Clause) Add(uses, clause.CatchType);
        }

        foreach (int token in Tokens(body.GetILAsByteArray()!)) AddToken(uses, method, token);
    }

    private static void AddToken(HashSet<Type> uses, MethodBase method, int token)
    {
        Type[]? typeArguments = method.DeclaringType is { IsGenericType: true } generic ? generic.GetGenericArguments() : null;
        Type[]? methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
        switch (method.Module.ResolveMember(token, typeArguments, methodArguments))
        {
            case Type type: Add(uses, type); break;
            case FieldInfo field:
                Add(uses, field.DeclaringType);
                Add(uses, field.FieldType);
                break;
            case MethodBase called:
                Add(uses, called.DeclaringType);
                AddSignature(uses, called);
                break;
        }
    }

    private static void AddSignature(HashSet<Type> uses, MethodBase method)
    {
        foreach (ParameterInfo parameter in method.GetParameters()) Add(uses, parameter.ParameterType);
        if (method is MethodInfo info) Add(uses, info.ReturnType);
        if (!method.IsGenericMethod) return;
        foreach (Type argument in method.GetGenericArguments()) Add(uses, argument);
    }

    private static void AddAttributes(HashSet<Type> uses, IList<CustomAttributeData> attributes)
    {
        foreach (CustomAttributeData attribute in attributes)
        {
            Add(uses, attribute.AttributeType);
            foreach (CustomAttributeTypedArgument argument in attribute.ConstructorArguments) Add(uses, argument.Value as Type);
        }
    }

    private static void Add(HashSet<Type> uses, Type? type)
    {
        if (type is null) return;
        if (type.HasElementType)
        {
            Add(uses, type.GetElementType());
            return;
        }

        if (type.IsGenericParameter)
        {
            foreach (Type constraint in type.GetGenericParameterConstraints()) if (!uses.Contains(constraint)) Add(uses, constraint);
            return;
        }

        if (!uses.Add(type.IsGenericType ? type.GetGenericTypeDefinition() : type) || !type.IsGenericType) return;
        foreach (Type argument in type.GetGenericArguments()) Add(uses, argument);
    }

    /// <summary>The metadata tokens in a method's instructions (ECMA-335 III): all operands but those of types, fields and methods are stepped over.</summary>
    private static IEnumerable<int> Tokens(byte[] il)
    {
        int at = 0;
        while (at < il.Length)
        {
            ushort value = il[at++];
            if (value == 0xFE) value = (ushort)(0xFE00 | il[at++]);
            OperandType operand = _opCodes[value].OperandType;
            if (operand is OperandType.InlineType or OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok) yield return BitConverter.ToInt32(il, at);
            at += operand switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(il, at)),
                _ => 4,
            };
        }
    }
}
