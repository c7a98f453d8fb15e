import type { Type } from "protobufjs/light";
import { libraries } from "../../libraries";

const field = (type: string, id: number) => ({ type, id });
const repeated = (type: string, id: number) => ({ rule: "repeated", type, id });

/** The messages of onnx.proto3 that a model of this compiler uses, with their published field numbers. */
const schema = {
  nested: {
    ModelProto: {
      fields: {
        ir_version: field("int64", 1),
        producer_name: field("string", 2),
        graph: field("GraphProto", 7),
        opset_import: repeated("OperatorSetIdProto", 8),
      },
    },
    OperatorSetIdProto: { fields: { domain: field("string", 1), version: field("int64", 2) } },
    GraphProto: {
      fields: {
        node: repeated("NodeProto", 1),
        name: field("string", 2),
        initializer: repeated("TensorProto", 5),
        input: repeated("ValueInfoProto", 11),
        output: repeated("ValueInfoProto", 12),
      },
    },
    NodeProto: {
      fields: {
        input: repeated("string", 1),
        output: repeated("string", 2),
        op_type: field("string", 4),
        attribute: repeated("AttributeProto", 5),
      },
    },
    AttributeProto: {
      fields: {
        name: field("string", 1),
        f: field("float", 2),
        i: field("int64", 3),
        s: field("bytes", 4),
        g: field("GraphProto", 6),
        ints: repeated("int64", 8),
        type: field("int32", 20),
      },
    },
    TensorProto: {
      fields: {
        dims: repeated("int64", 1),
        data_type: field("int32", 2),
        name: field("string", 8),
        raw_data: field("bytes", 9),
      },
    },
    ValueInfoProto: { fields: { name: field("string", 1), type: field("TypeProto", 2) } },
    TypeProto: { fields: { tensor_type: field("TensorType", 1) } },
    TensorType: { fields: { elem_type: field("int32", 1), shape: field("TensorShapeProto", 2) } },
    TensorShapeProto: { fields: { dim: repeated("Dimension", 1) } },
    Dimension: { fields: { dim_value: field("int64", 1), dim_param: field("string", 2) } },
  },
};

let modelType: Type | undefined;

export interface TensorProto {
  dims: readonly number[];
  data_type: number;
  name: string;
  raw_data: Uint8Array;
}

export interface ValueInfoProto {
  name: string;
  type: {
    tensor_type: { elem_type: number; shape: { dim: readonly ({ dim_value: number } | { dim_param: string })[] } };
  };
}

export interface AttributeProto {
  name: string;
  type: number;
  f?: number;
  i?: number;
  s?: Uint8Array;
  g?: GraphProto;
  ints?: readonly number[];
}

export interface NodeProto {
  op_type: string;
  input: readonly string[];
  output: readonly string[];
  attribute: readonly AttributeProto[];
}

export interface GraphProto {
  name: string;
  node: readonly NodeProto[];
  initializer: readonly TensorProto[];
  input: readonly ValueInfoProto[];
  output: readonly ValueInfoProto[];
}

/** The bytes of a model file with operators of ONNX's standard set 18. */
export function encodeModel(graph: GraphProto): Uint8Array {
  // Operator set 18 came with IR version 8.
  const model = { ir_version: 8, producer_name: "tskeras", graph, opset_import: [{ domain: "", version: 18 }] };
  modelType ??= libraries.protobuf.Root.fromJSON(schema).lookupType("ModelProto");
  return modelType.encode(modelType.fromObject(model)).finish();
}
