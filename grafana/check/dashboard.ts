// What a dashboard's file may hold: Grafana's own types, and for each kind of panel those of its own options.

import type * as Dashboards from "@grafana/schema/dist/types/raw/dashboard/x/dashboard_types.gen";
import type * as BarGauge from "@grafana/schema/dist/types/raw/composable/bargauge/panelcfg/x/BarGaugePanelCfg_types.gen";
import type * as Heatmap from "@grafana/schema/dist/types/raw/composable/heatmap/panelcfg/x/HeatmapPanelCfg_types.gen";
import type * as Stat from "@grafana/schema/dist/types/raw/composable/stat/panelcfg/x/StatPanelCfg_types.gen";
import type * as StateTimeline from "@grafana/schema/dist/types/raw/composable/statetimeline/panelcfg/x/StateTimelinePanelCfg_types.gen";
import type * as TimeSeries from "@grafana/schema/dist/types/raw/composable/timeseries/panelcfg/x/TimeSeriesPanelCfg_types.gen";

// A type as JSON has it: in place of an enumeration its values.
type Json<T> = T extends string
  ? `${T}`
  : T extends number
    ? `${T}` extends `${infer N extends number}`
      ? N
      : never
    : T extends boolean
      ? T
      : T extends object
        ? { [K in keyof T]: Json<T[K]> }
        : T;

interface PrometheusRef {
  type: "prometheus";
  uid: string;
}

// The query of Grafana's data source for Prometheus, whose types are in no package.
interface Query {
  datasource: PrometheusRef;
  editorMode: "code" | "builder";
  exemplar?: boolean;
  expr: string;
  format?: "time_series" | "table" | "heatmap";
  instant?: boolean;
  interval?: string;
  legendFormat: string;
  range: boolean;
  refId: string;
}

type FieldConfig<Custom> = Json<Omit<Dashboards.FieldConfig, "custom">> & { custom?: Json<Custom> };

type PanelOf<Type extends string, Options, Custom = never> = Json<
  Omit<Dashboards.Panel, "type" | "datasource" | "options" | "fieldConfig" | "targets">
> & {
  type: Type;
  datasource: PrometheusRef;
  options: Json<Options>;
  fieldConfig: {
    defaults: FieldConfig<Custom>;
    overrides: Dashboards.FieldConfigSource["overrides"];
  };
  targets: Query[];
};

type Panel =
  | Json<Dashboards.RowPanel>
  | PanelOf<"bargauge", BarGauge.Options>
  | PanelOf<"heatmap", Heatmap.Options, Heatmap.FieldConfig>
  | PanelOf<"stat", Stat.Options>
  | PanelOf<"state-timeline", StateTimeline.Options, StateTimeline.FieldConfig>
  | PanelOf<"timeseries", TimeSeries.Options, TimeSeries.FieldConfig>;

// What the data source adds to them: see its annotation editor and its query variable.
interface PrometheusAnnotation {
  expr: string;
  step: string;
  tagKeys: string;
  textFormat: string;
  titleFormat: string;
  useValueForTime: boolean;
}

type Annotation = Json<Dashboards.AnnotationQuery> | (Json<Dashboards.AnnotationQuery> & PrometheusAnnotation);

type Variable = Json<Dashboards.VariableModel> & { definition?: string };

export type Dashboard = Json<Omit<Dashboards.Dashboard, "panels" | "annotations" | "templating">> & {
  panels: Panel[];
  annotations: { list: Annotation[] };
  templating: { list: Variable[] };
};
